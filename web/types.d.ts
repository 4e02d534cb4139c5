// The types of the API for the modules: which body an address takes and what it answers.

import type { components, paths } from './api.js';

export type Schemas = components['schemas'];
export type Schema<N extends keyof Schemas> = Schemas[N];
export type { paths };

export type Method = 'get' | 'post' | 'put' | 'delete';
export type PathWith<M extends Method> = { [P in keyof paths]: paths[P][M] extends object ? P : never }[keyof paths];

type Operation<P extends keyof paths, M extends Method> = NonNullable<paths[P][M]>;
type Json<T> = T extends { content: { 'application/json': infer B } } ? B : never;
type Responses<O> = O extends { responses: infer R } ? R : never;

/** What an operation answers when it went well. */
export type Answer<P extends keyof paths, M extends Method> =
  Responses<Operation<P, M>> extends infer R ? Json<R[keyof R & (200 | 201 | 202)]> : never;

/** The JSON body it takes. */
export type Body<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { requestBody?: infer B } ? Json<NonNullable<B>> : never;

type Parameters<P extends keyof paths, M extends Method, In extends 'path' | 'query'> =
  Operation<P, M> extends { parameters: { [K in In]?: infer V } } ? V : never;

/** The variables of the address. */
export type PathVariables<P extends keyof paths, M extends Method> = Parameters<P, M, 'path'>;
export type QueryOf<P extends keyof paths, M extends Method> = Parameters<P, M, 'query'>;

export type Role = Schema<'Role'>;
export type Me = Schema<'MeView'>;

/** What a page is given. */
export interface Context {
  /** 县代码 chosen above; empty on public pages where nobody is signed in. */
  county: string;
  /** The variables of the address: `plots/{id}` gives `id`. */
  params: Record<string, string>;
  query: URLSearchParams;
  /** Aborted when the reader leaves the page: hand it to every request. */
  signal: AbortSignal;
  /** Whether the signed-in person holds one of the roles in the chosen county. */
  can(...roles: Role[]): boolean;
  me: Me | null;
  /** Sets the heading and the title of the window. */
  title(text: string): void;
}

export interface Page {
  /** Like `plots/{id}`. */
  route: string;
  title: [zh: string, en: string];
  /** Who sees it: anybody, anybody signed in, or who holds one of these roles in the county. */
  needs: 'public' | 'signed-in' | readonly Role[];
  /** Its place in the navigation; left out: it is reached from other pages. */
  group?: string;
  load(): Promise<{ render(root: HTMLElement, context: Context): void | Promise<void> }>;
}
