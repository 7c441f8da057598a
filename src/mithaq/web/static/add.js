// Files can be dropped on the form; while pages are read, the bar shows how far it has come.
const drop = document.querySelector("[data-drop]");
if (drop) {
  const input = drop.querySelector("input[type=file]");
  const tell = () => { drop.querySelector("[data-chosen]").textContent = [...input.files].map((file) => file.name).join(" · "); };
  input.addEventListener("change", tell);
  for (const name of ["dragover", "dragenter"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; tell(); }
  });
}

const job = document.querySelector("[data-job]");
const look = async () => {
  const answer = await fetch(job.dataset.job, { cache: "no-store" });
  if (!answer.ok) return location.reload();
  const state = await answer.json();
  if (state.ended) return location.reload();
  job.querySelector("progress").max = Math.max(state.total, 1);
  job.querySelector("progress").value = state.done;
  job.querySelector("[data-count]").textContent = `${state.done} / ${state.total}`;
  job.querySelector("[data-at]").textContent = state.at;
  setTimeout(look, 400);
};
if (job) setTimeout(look, 300);
