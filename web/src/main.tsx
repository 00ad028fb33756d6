import { createRoot } from "react-dom/client";
import { boot } from "@/app/boot";
import "@/ui/theme.css";

const root = document.getElementById("root");
if (root) createRoot(root).render(await boot());
