import { get } from "./http";
import type { Licence, Page } from "./wire";

export const licences = () => get<Page<Licence>>("/licences");
export const licence = (id: string) => get<Licence>(`/licences/${id}`);
