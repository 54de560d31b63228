/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file
 * Lists of tags: further arguments of the *_tags() functions, each a number and a value, ended by TAG_DONE.
 * Next door: rserpool_tags.h, the functions and their tags. */
#ifndef KOLAM_TAGITEM_H
#define KOLAM_TAGITEM_H

#include <stdio.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef RSP_API
/** Marks what the library shows. */
#define RSP_API __attribute__((visibility("default")))
#endif

#define TAG_DONE 0       /**< The list ends here. */
#define TAG_END TAG_DONE /**< The same. */
#define TAG_IGNORE 1     /**< This item means nothing. */
#define TAG_MORE 2       /**< The list goes on at the address that is this item's value. */
#define TAG_SKIP 3       /**< This item and as many after it as its value says mean nothing. */
#define TAG_USER 1000000 /**< The first number for tags of one's own. */

typedef unsigned int tag_t;      /**< A tag's number. */
typedef unsigned long tagdata_t; /**< A tag's value; wide enough for a pointer. */

/** One further argument. */
struct TagItem {
    tag_t Tag;      /**< What it is. */
    tagdata_t Data; /**< Its value. */
};

/** A list of so many items, all of them TAG_DONE; NULL when there is no memory. */
RSP_API struct TagItem* tagListAllocate(const size_t items);
/** Frees what tagListAllocate() or tagListDuplicate() has made. */
RSP_API void tagListFree(struct TagItem* tagList);
/** How many items tell something, the closing TAG_DONE included. */
RSP_API size_t tagListGetSize(struct TagItem* tagList);
/** A copy in one piece; NULL when there is no memory. */
RSP_API struct TagItem* tagListDuplicate(struct TagItem* tagList);
/** A copy of the items whose tags are in `filterArray`, which TAG_DONE ends. */
RSP_API struct TagItem* tagListDuplicateFilter(struct TagItem* tagList, const tag_t* filterArray);
/** The item after this one that tells something; NULL: there is none. */
RSP_API struct TagItem* tagListNext(struct TagItem* tagList);
/** The first item with that tag; NULL: there is none. */
RSP_API struct TagItem* tagListFind(struct TagItem* tagList, const tag_t tag);
/** The value of the first item with that tag, or else `defaultValue`. */
RSP_API tagdata_t tagListGetData(struct TagItem* tagList, const tag_t tag, const tagdata_t defaultValue);
/** Changes the first item with that tag and returns it; NULL: there is none, and nothing was changed. */
RSP_API struct TagItem* tagListSetData(struct TagItem* tagList, const tag_t tag, const tagdata_t value);
/** Prints the items, one a line. */
RSP_API void tagListPrint(struct TagItem* tagList, FILE* fd);

#ifdef __cplusplus
}
#endif

#endif
