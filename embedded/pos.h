/* What a payment terminal calls: five functions of emvqr-pos. No allocation, no clock of their own; a text is borrowed for the
 * time of a call. Numbers of what is wrong: the page `guide::numbers` of emvqr's documentation. */
#ifndef EMVQR_POS_H
#define EMVQR_POS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Bytes of the caller's, not ended by a zero. */
typedef struct {
  const uint8_t *bytes;
  size_t length;
} emvqr_text;

/* A buffer of the caller's. */
typedef struct {
  uint8_t *bytes;
  size_t size;
} emvqr_buffer;

/* What is wrong, and where. */
typedef struct {
  uint16_t number; /* of the rule or of the kind of error; zero if nothing is wrong */
  uint8_t root;    /* ID of the root object, 255 for none */
  uint8_t sub;     /* ID of the object inside it, 255 for none */
  size_t offset;   /* the first byte concerned */
  size_t length;   /* how many bytes */
} emvqr_finding;

enum { EMVQR_EMVCO = 0, EMVQR_KHQR = 1, EMVQR_JPQR = 2 };

/* Reads a payload and judges it under its scheme. Returns the scheme, or -1 and what is wrong. `now_ms`: milliseconds since
 * 1970, zero if the time is not known. */
int32_t emvqr_judge(emvqr_text text, uint64_t now_ms, emvqr_finding *finding);

/* Finds the value of a data object by its path, "59" or "29-00". Returns its length in bytes and sets where it starts, or -1. */
int32_t emvqr_value(emvqr_text text, emvqr_text path, size_t *offset);

/* Writes a dynamic KHQR code: `currency` is 116 or 840, `minor` whole riel or cents. Returns its length in bytes, or the number of
 * what is wrong, below zero; -32768 if a value cannot be taken. */
int32_t emvqr_write_khqr(emvqr_text account, emvqr_text name, uint16_t currency, uint64_t minor, uint64_t now_ms,
                         uint64_t minutes, emvqr_buffer buffer);

/* What a store's code says. */
typedef struct {
  emvqr_text store_id;    /* 29 digits */
  uint16_t category;      /* of four digits */
  emvqr_text name;        /* in Latin letters */
  emvqr_text city;        /* in Latin letters */
  emvqr_text postal_code; /* seven digits */
  emvqr_text local_name;  /* in Japanese, UTF-8 */
} emvqr_store;

/* Writes a JPQR code, a dynamic one if `yen` is not zero. Returns as emvqr_write_khqr does. */
int32_t emvqr_write_jpqr(const emvqr_store *store, uint64_t yen, emvqr_buffer buffer);

/* Reads the code of a bill and judges it. Returns the amount in yen, or -1 and what is wrong. `now_ms` decides the day in Japan;
 * zero if it is not known. */
int64_t emvqr_bill(emvqr_text text, uint64_t now_ms, emvqr_finding *finding);

#ifdef __cplusplus
}
#endif

#endif
