#!/usr/bin/env node
// Adapter of the conformance kit for npm ts-khqr 2.2.3, a port of the KHQR toolkit: `verify`, then `parse`.
//
// Install first: npm install --prefix conformance/adapters
// The port asks the system clock for the expiry; the adapter puts the question's time in its place.
// `verify` is no verdict on codes of other schemes, so a text without an account in 29 or 30 is no code for it.
import { createInterface } from "node:readline";
import port from "ts-khqr";

const clock = Date.now;

function read(text) {
  if (!/(29|30)\d\d.{0,80}@/s.test(text)) return {};
  if (!port.KHQR.verify(text).isValid) return { valid: false };
  const d = port.KHQR.parse(text).data;
  const sub = d.merchantID ?? d.accountInformation;
  return {
    readable: true, valid: true, scheme: "khqr",
    payee: { network: "khqr", account: d.bakongAccountID, ...(sub ? { sub_account: sub } : {}) },
    amount: d.transactionAmount ?? null, currency: d.transactionCurrency, name: d.merchantName,
    expires: d.expirationTimestamp ? Number(d.expirationTimestamp) : null,
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  const text = question.payload ?? Buffer.from(question.payload_hex, "hex").toString();
  Date.now = question.now ? () => question.now : clock;
  let answer;
  try { answer = read(text); } catch { answer = { readable: false }; }
  // A name that was cut inside a character has half of it left, which is no text for JSON.
  console.log(JSON.stringify({ id: question.id, ...answer }, (_, v) => (typeof v === "string" ? v.toWellFormed() : v)));
}
