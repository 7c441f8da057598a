"""People, the office they hold and the country they stand for, in the ways the press of three languages writes them."""

import pytest
from hypothesis import given

from drawn_documents import patiently
from mithaq.annotate.people import find_people
from mithaq.lexicon import load_lexicon
from mithaq.model import Document
from staged_documents import news_text, person, staged_document

# text, language, name, office, country
HOLDERS = [
    # office before the name, with and without a comma
    ("استقبل وزير الاتصالات العماني سالم الحارثي الوفد", "ar", "سالم الحارثي", "وزير الاتصالات العماني", "OM"),
    ("قال وزير الاتصالات وتقنية المعلومات عبد السلام هيكل إن العمل بدأ", "ar", "عبد السلام هيكل", "وزير الاتصالات وتقنية المعلومات", None),
    ("قالت وزيرة الانتقال الرقمي، سعاد العمراني، إن العمل بدأ", "ar", "سعاد العمراني", "وزيرة الانتقال الرقمي", None),
    ("Le ministre de l'Économie numérique, Moussa Traoré, a parlé", "fr", "Moussa Traoré", "ministre de l'Économie numérique", None),
    ("The Energy Minister Amina Saleh spoke", "en", "Amina Saleh", "Energy Minister", None),
    ("Kenya's ICT Cabinet Secretary, Peter Njoroge, spoke", "en", "Peter Njoroge", "Kenya's ICT Cabinet Secretary", "KE"),
    ("قال وزير النقل رامي الحاج، قبل السفر، كلمة", "ar", "رامي الحاج", "وزير النقل", None),
    ("قال الأمين العام لوزارة النقل، سيدي ولد مولاي الراضي اليوم، كلمة", "ar", "سيدي ولد مولاي الراضي", "الأمين العام لوزارة النقل", None),
    ("قال الناطق الرسمي باسم الحكومة مازن الشوبكي، أمس، كلمة", "ar", "مازن الشوبكي", "الناطق الرسمي باسم الحكومة", None),
    ("قال رئيس الوزراء محمد هلال السوداني، مساء أمس، كلمة", "ar", "محمد هلال السوداني", "رئيس الوزراء", None),
    ("South Korea's Industry Minister Pak Yong Il spoke", "en", "Pak Yong Il", "South Korea's Industry Minister", "KR"),
    (
        "La ministre déléguée, chargée de la Réforme, Amal Benali, a parlé", "fr",
        "Amal Benali", "ministre déléguée, chargée de la Réforme", None,
    ),
    # a nationality or a rank between the office and its holder; a first name that looks like an everyday word
    ("قالت مديرة الأكاديمية، الكينية فاتوما موتاي، كلمة", "ar", "فاتوما موتاي", "مديرة الأكاديمية", "KE"),
    ("قالت وزيرة العدل كادري لومباتش إن العمل بدأ", "ar", "كادري لومباتش", "وزيرة العدل", None),
    ("قال المدير العام للمجموعة أمين الصقلي البرنوصي كلمة", "ar", "أمين الصقلي البرنوصي", "المدير العام للمجموعة", None),
    ("قالت مديرة الوكالة الوطنية لأمن نظم الدفع، سعاد العمراني، كلمة", "ar", "سعاد العمراني", "مديرة الوكالة الوطنية لأمن نظم الدفع", None),
    # office after the name
    ("كرم المهندس شريف نبيل الجمال، مدير وكالة الفضاء، الفائزين", "ar", "شريف نبيل الجمال", "مدير وكالة الفضاء", None),
    ("قال عبد الواحد الصباغ، الباحث في الاقتصاد، كلمة", "ar", "عبد الواحد الصباغ", "الباحث في الاقتصاد", None),
    ("قال صلاح الدين فؤاد الجمال، مدير المركز، كلمة", "ar", "صلاح الدين فؤاد الجمال", "مدير المركز", None),
    ("Le 5 mai, Sofiene Hadji (photo, à gauche), ministre des Postes, a parlé", "fr", "Sofiene Hadji", "ministre des Postes", None),
    ("التقت هند المنصور، مديرة وكالة الفضاء، وفدا", "ar", "هند المنصور", "مديرة وكالة الفضاء", None),
    ("كرم سعيد بن راشد المعولي وكيل وزارة التجارة، الفائزين", "ar", "سعيد بن راشد المعولي", "وكيل وزارة التجارة", None),
    ("En présence de Karim Bensaïd, directeur de l'Office des postes", "fr", "Karim Bensaïd", "directeur de l'Office des postes", None),
    ("Paula Mugisha, the Director of the Space Agency, left", "en", "Paula Mugisha", "Director of the Space Agency", None),
    # an office that names the fields one after the other
    (
        "Omar Al Harthy, Minister of Transport, Communications and Digital Economy, left", "en",
        "Omar Al Harthy", "Minister of Transport, Communications and Digital Economy", None,
    ),
    (
        "Cina Ayéva, ministre des Postes, de la Communication et du Numérique, a parlé", "fr",
        "Cina Ayéva", "ministre des Postes, de la Communication et du Numérique", None,
    ),
    # an office that serves another
    (
        "قال كاتب الدولة لدى وزيرة الانتقال الرقمي المكلف بالذكاء الاصطناعي يوسف الراضي كلمة", "ar",
        "يوسف الراضي", "كاتب الدولة لدى وزيرة الانتقال الرقمي المكلف بالذكاء الاصطناعي", None,
    ),
    # titles are cut from the name
    ("وقّع معالي الدكتور المهندس خالد السويدي المذكرة", "ar", "خالد السويدي", None, None),
    ("قال وزير الاقتصاد م. عبدالله الشامي كلمة", "ar", "عبدالله الشامي", "وزير الاقتصاد", None),
    ("M. Moussa Traoré et Mme Aïcha Ould El Moctar ont signé", "fr", "Aïcha Ould El Moctar", None, None),
    ("H.E. Dr. Khalid Al-Mansoori, the UAE Ambassador to Kenya, left", "en", "Khalid Al-Mansoori", "UAE Ambassador to Kenya", "AE"),
    # whom envoys stand for is not where they are posted
    ("قال سفير الهند لدى كينيا راجيف شارما كلمة", "ar", "راجيف شارما", "سفير الهند لدى كينيا", "IN"),
    ("حضر اللقاء سفير موريتانيا بالأردن سيدنا ولد الطالب", "ar", "سيدنا ولد الطالب", "سفير موريتانيا بالأردن", "MR"),
    ("l'ambassadeur de France au Sénégal, Luc Martin, a parlé", "fr", "Luc Martin", "ambassadeur de France au Sénégal", "FR"),
    ("شكر القائم بالأعمال لجمهورية السودان سالم بشرى ضيوفه", "ar", "سالم بشرى", "القائم بالأعمال لجمهورية السودان", "SD"),
    # counterparts
    ("التقى سالم الحارثي نظيره الموريتاني أحمد ولد بده", "ar", "أحمد ولد بده", "نظيره الموريتاني", "MR"),
    ("Il a reçu son homologue marocaine, Salma Benjelloun, hier", "fr", "Salma Benjelloun", "son homologue marocaine", "MA"),
    ("She met her Estonian counterpart, Kaja Tamm, on Monday", "en", "Kaja Tamm", "her Estonian counterpart", "EE"),
    # officials of international organisations stand for no country
    ("شكر ممثل برنامج الأمم المتحدة الإنمائي بيتر هانسن اليمن", "ar", "بيتر هانسن", "ممثل برنامج الأمم المتحدة الإنمائي", None),
    ("Le représentant résident du PNUD au Bénin, Erik Lund, a parlé", "fr", "Erik Lund", "représentant résident du PNUD au Bénin", None),
    ("The President of the World Bank, John Smith, visited Kenya", "en", "John Smith", "President of the World Bank", None),
    # whose side somebody signs for
    ("وقع عن تشاد مدير الديوان محمد ديبي المحضر", "ar", "محمد ديبي", "مدير الديوان", "TD"),
    ("Ont signé, pour la partie tchadienne, le directeur du Trésor, Ali Mahamat", "fr", "Ali Mahamat", "directeur du Trésor", "TD"),
    ("The Finnish team was led by Riikka Lehto.", "en", "Riikka Lehto", None, "FI"),
    # no comma between a field and the name
    ("Minister of Digital Economy Omar Al Harthy signed", "en", "Omar Al Harthy", "Minister of Digital Economy", None),
    ("le directeur du Ministère du numérique Oumar Diallo a parlé", "fr", "Oumar Diallo", "directeur du Ministère du numérique", None),
    # a first name that is also a head word
    ("selon le ministre du Plan, Trésor Mbala, le texte est prêt", "fr", "Trésor Mbala", "ministre du Plan", None),
    # a first name that looks like a verb, between commas
    ("بحضور رئيس القسم، يعرب بن سعيد الرواحي، أمس", "ar", "يعرب بن سعيد الرواحي", "رئيس القسم", None),
    ("عقدت وزيرة البريد، أمل الحداد السمراوي، لقاء أمس", "ar", "أمل الحداد السمراوي", "وزيرة البريد", None),
    ("أجرت وزيرة البريد، أمل الحداد، مباحثات أمس", "ar", "أمل الحداد", "وزيرة البريد", None),
    # a foreign name of which one word looks everyday, between commas
    ("وقع المدير العام لشركة الأفق، ايسونغ بي لوانغ، بحضور الوزير", "ar", "ايسونغ بي لوانغ", "المدير العام لشركة الأفق", None),
    # names in quotation marks behind a title or office; another's office begins at "his counterpart"
    ("التقى الوزير بنظيره الصومالي السيد “محمود أحمد عدن”، أمس", "ar", "محمود أحمد عدن", "نظيره الصومالي", "SO"),
    ("اجتمع وزير الثقافة التونسي “نور الدين واضح” مع الوفد", "ar", "نور الدين واضح", "وزير الثقافة التونسي", "TN"),
    # a first name that ends a name, and «و» written apart
    ("بإشراف مدير الرقمنة، خالد الأمين سيدي، وبمشاركة خبراء", "ar", "خالد الأمين سيدي", "مدير الرقمنة", None),
    ("وزير البريد و الاتصال و عن الجانب التونسي محمد الناصر عمار وزير النقل", "ar", "محمد الناصر عمار", "وزير النقل", "TN"),
    # names of French politicians, delegates, heads of government
    ("Le ministre français Jean-Luc Le Gallic a signé", "fr", "Jean-Luc Le Gallic", "ministre français", "FR"),
    ("la ministre déléguée à l'Économie pour le pays, Mariem Houmed Aden, a signé", "fr", "Mariem Houmed Aden",
     "ministre déléguée à l'Économie pour le pays", None),
    ("la visite du premier ministre sénégalais, M. Oumar Sarr, a eu lieu", "fr", "Oumar Sarr", "premier ministre sénégalais", "SN"),
    # an office is neither what comes before a preposition nor that of somebody else
    ("signed between the two nations during President Tom Reed's visit", "en", "Tom Reed", "President", None),
    ("Cabinet Secretary Tom Reed and H.E. Omar Hassan Alsuri, Minister of Trade, signed", "en", "Omar Hassan Alsuri",
     "Minister of Trade", None),
    # a field in small letters before a first name
    ("Oman's minister of transport Omar Al Harthi met the press", "en", "Omar Al Harthi", "Oman's minister of transport", "OM"),
    # an office word inside a name
    ("قال رئيس المجلس عبد الأمير الخيون كلمة", "ar", "عبد الأمير الخيون", "رئيس المجلس", None),
    ("برئاسة محمد بن سالم آل ثاني ولي العهد", "ar", "محمد بن سالم آل ثاني", "ولي العهد", None),
    ("التقى الرئيس التنفيذي لسندس كلاود هادي بن عمر الوفد", "ar", "هادي بن عمر", "الرئيس التنفيذي لسندس كلاود", None),
    ("دارت المباحثات مع نائب المدير العام للصندوق سلطان نبيل العسيري النعيمي أمس", "ar", "سلطان نبيل العسيري النعيمي",
     "نائب المدير العام للصندوق", None),
    # a surname that looks everyday before a comma; a first name like a verb before an office
    ("استقبله سفير قطر أسامة بن سعيد نقلي، ثم غادر", "ar", "أسامة بن سعيد نقلي", "سفير قطر", "QA"),
    ("ترأست زينب مزهر، وزيرة الرقمنة، الجلسة", "ar", "زينب مزهر", "وزيرة الرقمنة", None),
    ("قال القنصل العام المصري ببورتسودان تامر سمير الجندي، أمس، كلمة", "ar", "تامر سمير الجندي", "القنصل العام المصري ببورتسودان", "EG"),
    ("قالت نائبة رئيس الصندوق، الجوهرة بنت سعيد القباني، كلمة", "ar", "الجوهرة بنت سعيد القباني", "نائبة رئيس الصندوق", None),
    ("ترأست الجلسة المديرة العامة للشؤون القانونية أميناتا لام دياغا", "ar", "أميناتا لام دياغا", "المديرة العامة للشؤون القانونية", None),
    ("دعا مديره التقني، أديبايو بلانسا، إلى اللقاء", "ar", "أديبايو بلانسا", "مديره التقني", None),
    # a title inside a name, and a title that is a first name in Mauritania
    ("التقى رئيس غرفة تجارة الأردن نبيل الحاج رشيد والوفد", "ar", "نبيل الحاج رشيد", "رئيس غرفة تجارة الأردن", "JO"),
    ("قال وزير الرقمنة، السيد الشيخ التجاني ولد عبدي، كلمة", "ar", "الشيخ التجاني ولد عبدي", "وزير الرقمنة", None),
    # names with a hyphen and in Latin letters; whose first name is no everyday word
    ("شكر الأمينة العامة للاتحاد الدولي للاتصالات ماريا بوستان-مارتن أمس", "ar", "ماريا بوستان-مارتن",
     "الأمينة العامة للاتحاد الدولي للاتصالات", None),
    ("استقبل سفير البرتغال بالجزائر، Rui de Almeida SOUSA، أمس", "ar", "Rui de Almeida SOUSA", "سفير البرتغال بالجزائر", "PT"),
    ("حضرت السفيرة الفنلندية السيدة آنا سورفالا أمس", "ar", "آنا سورفالا", "السفيرة الفنلندية", "FI"),
    ("حضر مدير البنى التحتية يعقوب اعبيدي أمس", "ar", "يعقوب اعبيدي", "مدير البنى التحتية", None),
    # German with the article
    ("التقى الوزير الألماني يورغن كلاوسمان نظيره", "ar", "يورغن كلاوسمان", "الوزير الألماني", "DE"),
    ("عقدت أمل الفلاح السمراوي، وزيرة البريد، مباحثات أمس", "ar", "أمل الفلاح السمراوي", "وزيرة البريد", None),
    ("The Chadian side included Minister of State Omar Farah Tolli, Dr. Nur Hersi and others", "en", "Omar Farah Tolli",
     "Minister of State", "TD"),
    # English: apostrophes, titles of Kenyan papers, one office after the other
    ("Kenya's ambassador, Grace Wekesa M'mbone, left", "en", "Grace Wekesa M'mbone", "Kenya's ambassador", "KE"),
    ("She met Mr. Tarek Ilmi, Minister of Post of Tunisia, Mr. Salem Bedou, Minister of Trade of Chad, and others", "en", "Salem Bedou",
     "Minister of Trade of Chad", "TD"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lang", "name", "role", "country"), HOLDERS, ids=[h[2] for h in HOLDERS])
def test_name_office_and_country(text: str, lang: str, name: str, role: str | None, country: str | None) -> None:
    found = person(staged_document(text, lang), name)
    assert (found.role, found.country) == (role, country)


def names(document: Document) -> list[str]:
    return [p.name for p in document.people]


def test_offices_go_to_their_own_holders() -> None:
    text = "حضر وزير العدل سامي بركات، والدكتور نادر السيابي، ورئيس الغرفة هيثم الرواس، وهدى جاسم مديرة الصندوق."
    document = staged_document(text, "ar")
    roles = {p.name: p.role for p in document.people}
    assert roles == {"سامي بركات": "وزير العدل", "نادر السيابي": None, "هيثم الرواس": "رئيس الغرفة", "هدى جاسم": "مديرة الصندوق"}


def test_an_english_organisation_on_a_french_page_is_nobody() -> None:
    document = staged_document("Scott Eisman, président du U.S.-Africa Business Center (USABC), a parlé.", "fr")
    assert names(document) == ["Scott Eisman"]


def test_and_glued_to_a_name_is_not_part_of_it() -> None:
    document = staged_document("حضر اللقاء سعاد السيابي وهدى بن ناصر ومحمد الكويتي.", "ar")
    assert names(document) == ["سعاد السيابي", "هدى بن ناصر", "محمد الكويتي"]
    assert [p.mentions[0].quote for p in document.people] == names(document)


@pytest.mark.parametrize("name", ["خالد السويدي", "محمد الكويتي"])
def test_a_surname_that_looks_like_a_nationality_is_no_country(name: str) -> None:
    assert person(staged_document(f"قال الدكتور {name} إن العمل بدأ.", "ar"), name).country is None


def test_the_ministry_of_finance_is_not_of_mali() -> None:
    found = person(staged_document("وقعت وزيرة المالية هند المنصور المحضر في باماكو.", "ar"), "هند المنصور")
    assert found.role == "وزيرة المالية"
    assert found.country == "ML"  # from the city


def test_a_name_broken_by_a_line_is_one_name() -> None:
    text = "صرح وزير الصناعة الكويتي في ختام الجلسة الثانية، عبد\nالرزاق بن يوسف، أن المشروع بدأ."
    found = person(staged_document(text, "ar"), "عبد الرزاق بن يوسف")
    assert found.mentions[0].quote == "عبد\nالرزاق بن يوسف"


def test_short_forms_and_misprints_are_the_same_person() -> None:
    text = "قالت ليليان ماسالا إن المشروع بدأ. وأضافت يليان ماسالا أن العمل مستمر. وختمت ماسالا كلمتها."
    found = person(staged_document(text, "ar"), "ليليان ماسالا")
    assert [m.quote for m in found.mentions] == ["ليليان ماسالا", "يليان ماسالا", "ماسالا"]


@pytest.mark.parametrize(
    ("text", "lang", "quotes"),
    [
        ("استقبل رئيس الغرفة ياسين وليد ضيفه. وأكد وليد ياسين ذلك.", "ar", ["ياسين وليد", "وليد ياسين"]),
        ("شكر الدكتور محمّد عليّ ضيفه. وقال محمد علي ذلك.", "ar", ["محمّد عليّ", "محمد علي"]),
        ("M. Jean-Pierre Kouassi a parlé. M. Kouassi est parti.", "fr", ["Jean-Pierre Kouassi", "Kouassi"]),
        ("Mr Salim Bin Rashid Al Busaidi spoke. Al Busaidi left.", "en", ["Salim Bin Rashid Al Busaidi", "Al Busaidi"]),
        ("Aurélie Soulé a parlé. Mme Aurélie SOULÉ est partie.", "fr", ["Aurélie Soulé", "Aurélie SOULÉ"]),
    ],
)
def test_all_mentions_of_one_person(text: str, lang: str, quotes: list[str]) -> None:
    [found] = staged_document(text, lang).people
    assert [m.quote for m in found.mentions] == quotes
    assert set(quotes) >= {found.name} and set(found.names) >= set(quotes)


def test_a_surname_like_a_nationality_stands_alone_but_describes_no_office() -> None:
    text = (
        "أكد السفير الإيراني لدى العراق، كاظم صادق، لرئيس الوزراء محمد هلال السوداني، مساء أمس، رغبة بلاده. وقال السوداني كلمة في بغداد. "
        "وشكر الوزير السوداني ضيفه العراقي."
    )
    found = person(staged_document(text, "ar"), "محمد هلال السوداني")
    assert [m.quote for m in found.mentions] == ["محمد هلال السوداني", "السوداني"]
    assert found.country == "IQ"


def test_the_place_of_a_report_is_nobodys_country() -> None:
    text = (
        "الرياض – اجتمع وزير الاتصالات، سامي بركات، مع نظيره السعودي خالد المنصور. وتعمل فلسطين والسعودية على خطة، وتدعم السعودية فلسطين."
    )
    assert person(staged_document(text, "ar"), "سامي بركات").country == "PS"


@pytest.mark.parametrize(
    ("text", "lang", "name"),
    [
        ("وصل السيد خولين جاو. وانتهى اللقاء.", "ar", "خولين جاو"),
        ("التقى الوفد بـ “عادل حسن الحسين” وزير النقل، أمس.", "ar", "عادل حسن الحسين"),
        # who signs for a country; a name that begins with "son of" or «أم»
        ("وقع الاتفاق عن غانا كوامي أدوبيا. وانتهى اللقاء.", "ar", "كوامي أدوبيا"),
        ("أما سلفها ولد إبراهيم فال فعين سفيرا. وانتهى اللقاء.", "ar", "ولد إبراهيم فال"),
        ("وكانت على رأسها أم كلثوم بنت المختار. وانتهى اللقاء.", "ar", "أم كلثوم بنت المختار"),
        # told by a nationality alone
        ("أما الكيني ووكابي أوتيينو فاعتبر اللقاء مفيدا. وانتهى اللقاء.", "ar", "ووكابي أوتيينو"),
        # a minister's first name with «ل»; a first name that is a nationality elsewhere
        ("وصل الوزير لونغو أوكامبا. وانتهى اللقاء.", "ar", "لونغو أوكامبا"),
        ("ولقي نظيره الكويتي تركي الشمراني. وانتهى اللقاء.", "ar", "تركي الشمراني"),
        # French and English: the Arabic article in small letters, of whose side somebody is, the auxiliary
        ("Le ministre Badr al-Kindari arrive.", "fr", "Badr al-Kindari"),
        ("La Kényane Wanjela Otuma a présenté le registre.", "fr", "Wanjela Otuma"),
        ("Tarvo Ilmek a déclaré que le réseau avance.", "fr", "Tarvo Ilmek"),
        ("L'école, que dirige Tarvo Ilmek, ouvre.", "fr", "Tarvo Ilmek"),
        ("Tarvo Ilmek of the National Data Agency opened the course.", "en", "Tarvo Ilmek"),
        ("The National Data Agency's Tarvo Ilmek opened the course.", "en", "Tarvo Ilmek"),
        ("The Amina Saleh Cable Project began. Omar Haddad, Director of the Agency, spoke in Victoria Falls.", "en", "Omar Haddad"),
    ],
)
def test_whole_names_and_nothing_else(text: str, lang: str, name: str) -> None:
    assert names(staged_document(text, lang)) == [name]


def test_whoever_is_joined_to_a_person_is_one() -> None:
    text = "Minister Amina Saleh and Tarvo Ilmek watched. Tarvo Bridge and Lagoon Tower opened."
    assert names(staged_document(text, "en")) == ["Amina Saleh", "Tarvo Ilmek"]


def test_the_shortened_title_of_kenyan_papers_is_no_name() -> None:
    found = person(staged_document("Cabinet Secretary Peter Owalo signed. CS Owalo said work began.", "en"), "Peter Owalo")
    assert [m.quote for m in found.mentions] == ["Peter Owalo", "Owalo"]


def test_in_place_of_somebody_is_no_name() -> None:
    assert "خلفا" not in " ".join(names(staged_document("عين المجلس وزيرا للاتصالات خلفا لباسل الكندري.", "ar")))


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("رفض الوزير الكشف عن أسماء الشركات التي ستشارك في المشروع.", "ar"),
        ("بحث الأمين الدائم للاتصالات المشروع الجديد.", "ar"),
        ("تدرس جامعة محمد الخامس المشروع.", "ar"),
        ("التقى وزير الطاقة مع رئيس الغرفة اليوم.", "ar"),
        ("La ministre du Numérique et de la Transformation digitale est arrivée.", "fr"),
        ("Selon le Forum africain, la Stratégie nationale avance.", "fr"),
        ("The Minister of State for AI Affairs and the Digital Economy Strategy were named.", "en"),
        ("The Ministry of Justice, Home Affairs and Trade moved to New Street.", "en"),
        ("اعتمدت شركة أورا كلاود الخطة. وأعلنت أورا كلاود أن العمل بدأ.", "ar"),
        ("نوه بدعم سمو ولي عهده الأمين للقطاع.", "ar"),
        ("اشترت شركة النفط الصينية زاهو كارتل حصة.", "ar"),
        ("The Minister of Investment of Oman signed in Abu Dhabi.", "en"),
    ],
)
def test_what_is_no_person(text: str, lang: str) -> None:
    assert names(staged_document(text, lang)) == []


FURNITURE = [
    ("ar", "انتهت الجلسة.", "اقرأ أيضا: وزير الطاقة الكيني سالم الحارثي يوقع مع شركة زاجل على منصة «مفتاحي»"),
    ("fr", "La séance est levée.", "Lire aussi : M. Moussa Traoré signe avec l'Agence nationale du numérique la plateforme « Sira »"),
    ("en", "The session is over.", 'Related: Energy Minister Amina Saleh signs with Acme Systems on the "Sira" platform, Omar Ali said'),
]


@pytest.mark.parametrize(("lang", "text", "furniture"), FURNITURE)
def test_nothing_is_found_in_furniture(lang: str, text: str, furniture: str) -> None:
    document = staged_document(text, lang, furniture=furniture)
    assert (document.people, document.bodies, document.programmes, document.coreferences) == ((), (), (), ())
    article = staged_document(furniture, lang)
    assert article.people and article.bodies and article.programmes  # the same words in an article


@patiently
@given(news_text())
def test_people_are_verbatim_and_repeat_themselves(drawn: tuple[str, str]) -> None:
    document = staged_document(*drawn)
    assert find_people(document, load_lexicon()) == find_people(document, load_lexicon())
    for found in document.people:
        assert all(m.stands_in(document.text) for m in found.mentions)
        assert found.role_evidence is None or found.role_evidence.stands_in(document.text)
        assert list(found.mentions) == sorted(found.mentions)
        assert found.name in found.names


def test_an_office_before_a_last_comma_ends_the_page() -> None:
    assert staged_document("وزير ،", "ar").people == ()


def test_a_prince_has_the_country_of_what_he_leads() -> None:
    text = "وقعت الصين والسعودية. وقال الأمير تركي بن نايف رئيس مدينة الملك عبد العزيز للعلوم والتقنية إن الصين شريك."
    assert {p.name: p.country for p in staged_document(text, "ar").people} == {"تركي بن نايف": "SA"}


def test_a_father_is_not_the_son() -> None:
    text = "استقبل الملك سلمان بن عبد العزيز الوزير. وحضر الأمير محمد بن سلمان بن عبد العزيز الاستقبال."
    assert {p.name for p in staged_document(text, "ar").people} == {"سلمان بن عبد العزيز", "محمد بن سلمان بن عبد العزيز"}


def test_a_given_name_that_is_a_throne_elsewhere_is_part_of_the_name() -> None:
    text = "اختارت الإمارات هزاع علي المنصوري وسلطان سيف النيادي للمهمة."
    assert "سلطان سيف النيادي" in {p.name for p in staged_document(text, "ar").people}


def test_letters_are_no_name_and_a_second_person_is_no_part_of_an_office() -> None:
    assert staged_document("Un mémorandum M O U a été signé hier.", "fr").people == ()
    page = staged_document("Mark Holt, British ambassador to Egypt and Karim Talaat, met on Monday.", "en")
    assert person(page, "Mark Holt").role == "British ambassador to Egypt"
