// Words chosen in the text become the words of a fact.
import { follow } from "./place.js";

const text = document.querySelector("[data-text]");
if (text) follow(text, document.querySelector(".picked"));
