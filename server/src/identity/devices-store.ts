import type { Raw } from "../database/database.ts";

export type DeviceRow = {
  customer_id: string;
  channel_id: string;
  epoch: number;
  revoked_at: number | null;
  name: string | null;
  became: string | null;
};
const DEVICE =
  "SELECT customer_id, customer_devices.channel_id, epoch, revoked_at, customers.name, customers.became FROM customer_devices JOIN customers ON customers.id = customer_id WHERE customer_devices.id = ?";

/** A customer's device by hand: after a restart everybody shows a token at once, and the builder costs more than the query. */
export async function readDevice(raw: Raw, id: string): Promise<DeviceRow | undefined> {
  const [row] = await raw.all<DeviceRow>(DEVICE, [id]);
  return row;
}
