/* address.h - private to compare: how amending sentences name a provision. */
#ifndef BN_COMPARE_ADDRESS_H
#define BN_COMPARE_ADDRESS_H

#include "compare/compare.h"

/* 第三条第二項第一号イ, 附則第二条, 第三の7の四ト, 別表第一; in arena a. */
const char *bn_address(bn_arena *a, const bn_provisions *p, int32_t i);
/* The words of the provision alone: 第三条第一項各号列記以外の部分. */
const char *bn_address_words(bn_arena *a, const bn_provisions *p, int32_t i);
/* Does bn_address_words leave out what is below? */
bool bn_address_is_own(const bn_provisions *p, int32_t i);
/* Its own part alone, behind that of a sibling: 第三条から【第五条】まで. */
const char *bn_address_last(bn_arena *a, const bn_provisions *p, int32_t i);
/* Its own part with the number of another: 第三条第一項を【同条第二項】とする. */
const char *bn_address_as(bn_arena *a, const bn_provisions *p, int32_t i,
                          const bn_provision *other);
/* What a provision is added to: 第三条, 第三条第一項. */
const char *bn_address_holder(bn_arena *a, const bn_provisions *p, int32_t i);

/* The first paragraph of an article: 第三条第一項. */
const char *bn_address_first(bn_arena *a, const bn_provisions *p,
                             int32_t article);

/* 編, 章, 条, 項, 号 …; "" for what is not counted. */
const char *bn_address_unit(const char *element);
bool bn_address_is_division(const char *element);
/* Are provisions like this counted by their unit (一条), or is it a notice,
 * whose 第三 and 7 have no name? */
bool bn_address_counts(const bn_provisions *p, int32_t i);
/* The number in a title (第十二条, ７, 四); 0: none, or with a branch (四の二). */
int bn_address_number(const char *title);

#endif
