// Asks the program about one code after the other: node examples/coprocess.mjs [PROGRAM] < codes.txt
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const emvqr = spawn(process.argv[2] ?? "emvqr", ["decode", "--json-lines"], { stdio: ["pipe", "pipe", "inherit"] });
const answers = createInterface({ input: emvqr.stdout })[Symbol.asyncIterator]();

// One line out, one line back: the program answers each line before it waits for the next.
async function decode(id, payload) {
  emvqr.stdin.write(JSON.stringify({ id, payload }) + "\n");
  return JSON.parse((await answers.next()).value);
}

let number = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const { id, level, summary } = await decode(++number, line);
  console.log(id, level, summary.scheme, summary.account, summary.amount, summary.currency);
}
emvqr.stdin.end();
