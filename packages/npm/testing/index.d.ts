/** What a fake CRM is started with. */
export interface FakeOptions {
  /** Lead the CRM's production hosts to the fake in this process. Default: true. */
  redirect?: boolean;
  /** The region or kind of account, e.g. `eu`. Default: the CRM's first. */
  site?: string;
  /** Behaviours of the CRM by name, e.g. `{ 'rate-limit': 'off' }`. */
  switches?: Record<string, string>;
}

/** How a fault is armed; docs/reference/faults.md lists the faults. */
export interface FaultOptions {
  value?: string;
  stage?: string;
  on?: string;
  times?: number;
  skip?: number;
  after?: string;
  retryAfter?: number | string;
}

/** Which requests of the journal are wanted. */
export interface JournalQuery {
  method?: string;
  operation?: string;
  record?: string;
  person?: string;
  status?: string;
  since?: string;
  limit?: string;
}

/** One request and its response; secrets are masked. */
export interface JournalEntry {
  seq: number;
  /** What the request does, e.g. `read` or `cancel`. */
  operation: string;
  record: string | null;
  fault: string | null;
  request: { method: string; host: string; path: string; query: string; headers: Record<string, string>; body: string };
  answer: { status: number; headers: Record<string, string>; body: string } | null;
  changes: Record<string, any>[];
  [field: string]: any;
}

/** What App Connect passes to a connector, besides the interface's own inputs. */
export interface Login {
  user: Record<string, any>;
  authHeader: string;
}

/** A failure with one sentence that says what to do. */
export class GreenroomError extends Error {}

/** A fake CRM that runs, and a user who is logged in. */
export class FakeCrm implements AsyncDisposable, Login {
  private constructor();
  readonly crm: string;
  readonly url: string;
  readonly tlsUrl: string;
  /** The file of the authority to trust at `tlsUrl`. */
  readonly ca: string;
  /** The address of the control API and the console. */
  readonly control: string;
  readonly user: Record<string, any>;
  readonly authHeader: string;
  readonly headers: Record<string, string>;
  /** An appointment that the user may cancel. */
  readonly appointmentId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly credentials?: Record<string, string>;

  /** Arm a fault: `arm('status=503,times=2')` or `arm('status', { value: '503', times: 2 })`. */
  arm(fault: string, options?: FaultOptions): Promise<number>;
  /** Disarm one fault, or all. */
  disarm(number?: number): Promise<void>;
  /** Move the CRM's clock by milliseconds or an ISO 8601 duration; returns its time. */
  advance(duration: number | string): Promise<string>;
  journal(query?: JournalQuery): Promise<JournalEntry[]>;
  /** Begin anew: fresh appointments, no faults, an empty journal. The user stays logged in. */
  reset(): Promise<void>;
  /** Add an appointment as the owner would in the CRM's own pages; the fields are the CRM's. */
  add(fields: Record<string, unknown>): Promise<Record<string, any>>;
  /** Return an appointment as the CRM holds it, or undefined. */
  record(id?: string): Promise<Record<string, any> | undefined>;
  /** Let a person's tokens expire now. */
  expire(role?: string): Promise<void>;
  logIn(role?: string): Promise<Login>;
  /** Ask the control API for anything else. */
  ask(method: string, path: string, body?: unknown): Promise<any>;
  /** End the fake. Its hosts are refused from now on. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Start a fake CRM: `const crm = await fakeCrm('clio')`. */
export function fakeCrm(crm: string, options?: FakeOptions): Promise<FakeCrm>;
