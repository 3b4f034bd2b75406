#!/usr/bin/env node
// Adapter of the conformance kit for npm promptparse 1.6.0, a reader of EMVCo codes made for Thailand.
//
// Install first: npm install --prefix conformance/adapters
// `parse` is called with the check of the CRC and with sub-tags. It checks no rules, so `valid` is left out.
import { createInterface } from "node:readline";
import { parse } from "promptparse";

// Accounts by the identifiers of the networks that the kit asks most about. The library does not choose among
// several, so neither does the adapter: one is the payee, two are null, none is left out.
function payeeOf(code) {
  const found = [];
  for (let id = 26; id <= 51; id++) {
    const sub = (n) => code.getTagValue(String(id), n);
    const add = (network, ...keys) => keys.filter(sub).forEach((n) => found.push({ network, account: sub(n) }));
    const guid = sub("00");
    if (!guid) continue;
    if ((id === 29 || id === 30) && guid.includes("@")) found.push({ network: "khqr", account: guid, ...(sub("01") ? { sub_account: sub("01") } : {}) });
    if (guid === "jp.or.paymentsjapan") found.push({ network: "jpqr", account: ["01", "02", "03", "04"].map((n) => sub(n) ?? "").join("") });
    if (guid === "A000000677010111") add("th.transfer", "01", "02", "03", "04");
    if (guid === "A000000677010112") add("th.bill", "01");
    if (guid.toLowerCase() === "br.gov.bcb.pix") add("br.pix", "01", "25");
  }
  return found.length > 1 ? null : found[0];
}

// The library hands the text of 54 over as it is; what is no number, no app can pay.
const decimal = (text) => (/^[0-9]+\.?[0-9]*$/.test(text ?? "") ? text : null);

function read(text) {
  const code = parse(text, true, true);
  if (!code) return { readable: false };
  return { readable: true, payee: payeeOf(code), amount: decimal(code.getTagValue("54")), currency: code.getTagValue("53"), name: code.getTagValue("59") };
}

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  const text = question.payload ?? Buffer.from(question.payload_hex, "hex").toString();
  let answer;
  try { answer = read(text); } catch { answer = { readable: false }; }
  // A name that was cut inside a character has half of it left, which is no text for JSON.
  console.log(JSON.stringify({ id: question.id, ...answer }, (_, v) => (typeof v === "string" ? v.toWellFormed() : v)));
}
