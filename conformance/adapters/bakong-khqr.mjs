#!/usr/bin/env node
// Adapter of the conformance kit for npm bakong-khqr 1.0.20, the official KHQR toolkit.
//
//   node bakong-khqr.mjs verify     `verify`, then `decode`: how an app reads a KHQR
//   node bakong-khqr.mjs foreign    `decodeNonKhqr` by itself: how an app reads a code of another country
// Install first: npm install --prefix conformance/adapters
//
// The toolkit asks the system clock for the expiry; the adapter puts the question's time in its place.
// `verify` is no verdict on codes of other schemes, so a text without an account in 29 or 30 is no code for it.
// `decodeNonKhqr` gives no verdict, so `valid` is left out, and whatever it returns counts as read.
import { createInterface } from "node:readline";
import toolkit from "bakong-khqr";

const { BakongKHQR } = toolkit;
const mode = process.argv[2] ?? "verify";
const clock = Date.now;

function verified(text) {
  if (!/(29|30)\d\d.{0,80}@/s.test(text)) return {};
  if (!BakongKHQR.verify(text).isValid) return { valid: false };
  const d = BakongKHQR.decode(text).data;
  const sub = d.merchantID ?? d.accountInformation;
  return {
    readable: true, valid: true, scheme: "khqr", payee: { network: "khqr", account: d.bakongAccountID, ...(sub ? { sub_account: sub } : {}) },
    amount: d.transactionAmount, currency: d.transactionCurrency, name: d.merchantName,
    expires: d.expirationTimestamp === null ? null : Number(d.expirationTimestamp),
  };
}

// Accounts by identifier; the toolkit chooses none, so two are null, and none is left out.
function payeeOf(tree) {
  const found = [];
  for (let id = 26; id <= 51; id++) {
    const t = tree[id];
    if (!t || typeof t !== "object" || !t["00"]) continue;
    const guid = t["00"];
    const add = (network, ...keys) => keys.filter((n) => t[n]).forEach((n) => found.push({ network, account: t[n] }));
    if (/29|30/.test(id) && guid.includes("@")) found.push({ network: "khqr", account: guid, ...(t["01"] ? { sub_account: t["01"] } : {}) });
    if (guid === "jp.or.paymentsjapan") found.push({ network: "jpqr", account: ["01", "02", "03", "04"].map((n) => t[n] ?? "").join("") });
    if (guid === "A000000677010111") add("th.transfer", "01", "02", "03", "04");
    if (guid.toLowerCase() === "br.gov.bcb.pix") add("br.pix", "01", "25");
  }
  return found.length > 1 ? null : found[0];
}

// The toolkit hands the text of 54 over as it is; what is no number, no app can pay.
const decimal = (text) => (/^[0-9]+\.?[0-9]*$/.test(text ?? "") ? text : null);

function foreign(text) {
  const tree = BakongKHQR.decodeNonKhqr(text).data ?? {};
  if (Object.keys(tree).length === 0) return { readable: false };
  return { readable: true, payee: payeeOf(tree), amount: decimal(tree["54"]), currency: tree["53"], name: tree["59"] };
}

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  const text = question.payload ?? Buffer.from(question.payload_hex, "hex").toString();
  Date.now = question.now ? () => question.now : clock;
  let answer;
  try { answer = mode === "foreign" ? foreign(text) : verified(text); } catch { answer = { readable: false }; }
  // A name that was cut inside a character has half of it left, which is no text for JSON.
  console.log(JSON.stringify({ id: question.id, ...answer }, (_, v) => (typeof v === "string" ? v.toWellFormed() : v)));
}
