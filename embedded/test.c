/* The five functions from C, on the machine that builds them: `embedded/test`. */
#include "pos.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOW 1750000000000u

static emvqr_text text(const char *bytes) {
  emvqr_text made = {(const uint8_t *)bytes, strlen(bytes)};
  return made;
}

static void must(int holds, const char *what) {
  if (!holds) {
    fprintf(stderr, "wrong: %s\n", what);
    exit(1);
  }
}

int main(int count, char **arguments) {
  static const char code[] =
      "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";
  emvqr_finding finding;
  size_t offset = 0;
  uint8_t bytes[256];
  emvqr_buffer buffer = {bytes, sizeof bytes};
  int32_t length;

  must(emvqr_judge(text(code), NOW, &finding) == EMVQR_KHQR && finding.number == 0, "a sound code");
  must(emvqr_judge(text("0002"), NOW, &finding) == -1 && finding.number == 6 && finding.root == 0, "a cut text");
  must(emvqr_judge(text(""), NOW, NULL) == -1, "no place for the finding");
  must(emvqr_value(text(code), text("29-00"), &offset) == 15 && memcmp(code + offset, "john_smith@devb", 15) == 0, "29-00");
  must(emvqr_value(text(code), text("62"), &offset) == -1, "what is absent");

  length = emvqr_write_khqr(text("coffee@devb"), text("Coffee"), 840, 150, NOW, 10, buffer);
  must(length > 0 && memcmp(bytes, "000201010212", 12) == 0, "a KHQR code");
  emvqr_text written = {bytes, (size_t)length};
  must(emvqr_judge(written, NOW, &finding) == EMVQR_KHQR, "it is read back");
  must(emvqr_judge(written, NOW + 600001, &finding) == -1 && finding.number == 228, "it expires");
  must(emvqr_write_khqr(text("coffee"), text("Coffee"), 840, 150, NOW, 10, buffer) == -210, "an account without a bank");
  buffer.size = 20;
  must(emvqr_write_khqr(text("coffee@devb"), text("Coffee"), 840, 150, NOW, 10, buffer) == -18, "a small buffer");
  buffer.size = sizeof bytes;

  emvqr_store store = {text("00000000000010001000001000001"), 5812, text("TEST SHOP"), text("TOKYO"), text("1066143"),
                       text("\xe3\x83\x86\xe3\x82\xb9\xe3\x83\x88")};
  length = emvqr_write_jpqr(&store, 0, buffer);
  must(length > 0, "a JPQR code");
  written.length = (size_t)length;
  must(emvqr_judge(written, 0, &finding) == EMVQR_JPQR, "it is read back");

  must(count == 2, "a bill is given");
  must(emvqr_bill(text(arguments[1]), 0, &finding) == 12300 && finding.number == 0, "a bill");
  must(emvqr_bill(text(code), 0, &finding) == -1 && finding.number != 0, "no bill");
  puts("five functions from C: ok");
  return 0;
}
