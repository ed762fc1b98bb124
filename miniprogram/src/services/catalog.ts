/** Items, guides, search, places. */

import { get, query } from "./http";
import type { Department, Guide, ItemSummary, Office, Page, Place, SearchHit, Sector } from "./wire";

interface Listed<Row> {
  items: Row[];
}

export interface ItemFilter {
  sector?: string;
  department?: string;
  cursor?: string | null;
}

export const items = (filter: ItemFilter) => get<Page<ItemSummary>>(`/items${query({ ...filter, limit: 30 })}`);
export const guide = (code: string, variant?: string) => get<Guide>(`/items/${code}/guide${query({ variant })}`);
export const search = (text: string) => get<Listed<SearchHit>>(`/search${query({ q: text, limit: 20 })}`);
export const sectors = () => get<Listed<Sector>>("/sectors");
export const departments = () => get<Listed<Department>>("/departments");
export const places = () => get<Listed<Place>>("/places");
export const office = () => get<Office>("/office");
