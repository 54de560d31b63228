// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of tags. One function knows what TAG_MORE, TAG_SKIP and TAG_IGNORE mean; all others walk with it.
// Next door: sockets.cpp, which looks for its tags.
#include "kolam/tagitem.h"

#include <cstdio>
#include <cstdlib>

namespace {

/// The first item at or after this one that tells something; null: the list has ended.
TagItem* settle(TagItem* item) {
    while (item != nullptr) {
        switch (item->Tag) {
        case TAG_DONE: return nullptr;
        case TAG_IGNORE: ++item; break;
        case TAG_SKIP: item += item->Data + 1; break;
        case TAG_MORE: item = reinterpret_cast<TagItem*>(item->Data); break; // what the C API is like
        default: return item;
        }
    }
    return nullptr;
}

template <typename Wanted>
TagItem* copyOf(TagItem* list, Wanted wanted) {
    TagItem* const copy = tagListAllocate(tagListGetSize(list));
    TagItem* end = copy;
    for (TagItem* item = settle(list); item != nullptr && copy != nullptr; item = tagListNext(item)) {
        if (wanted(item->Tag)) {
            *end++ = *item;
        }
    }
    return copy;
}

} // namespace

struct TagItem* tagListAllocate(const size_t items) {
    return static_cast<TagItem*>(std::calloc(items != 0 ? items : 1, sizeof(TagItem)));
}

void tagListFree(struct TagItem* tagList) {
    std::free(tagList);
}

size_t tagListGetSize(struct TagItem* tagList) {
    size_t size = 1;
    for (TagItem* item = settle(tagList); item != nullptr; item = tagListNext(item)) {
        ++size;
    }
    return size;
}

struct TagItem* tagListDuplicate(struct TagItem* tagList) {
    return copyOf(tagList, [](tag_t) { return true; });
}

struct TagItem* tagListDuplicateFilter(struct TagItem* tagList, const tag_t* filterArray) {
    return copyOf(tagList, [&](tag_t tag) {
        for (const tag_t* wanted = filterArray; wanted != nullptr && *wanted != TAG_DONE; ++wanted) {
            if (*wanted == tag) {
                return true;
            }
        }
        return false;
    });
}

struct TagItem* tagListNext(struct TagItem* tagList) {
    TagItem* const here = settle(tagList);
    return here != nullptr ? settle(here + 1) : nullptr;
}

struct TagItem* tagListFind(struct TagItem* tagList, const tag_t tag) {
    TagItem* item = settle(tagList);
    while (item != nullptr && item->Tag != tag) {
        item = tagListNext(item);
    }
    return item;
}

tagdata_t tagListGetData(struct TagItem* tagList, const tag_t tag, const tagdata_t defaultValue) {
    const TagItem* const item = tagListFind(tagList, tag);
    return item != nullptr ? item->Data : defaultValue;
}

struct TagItem* tagListSetData(struct TagItem* tagList, const tag_t tag, const tagdata_t value) {
    TagItem* const item = tagListFind(tagList, tag);
    if (item != nullptr) {
        item->Data = value;
    }
    return item;
}

void tagListPrint(struct TagItem* tagList, FILE* fd) {
    for (TagItem* item = settle(tagList); item != nullptr; item = tagListNext(item)) {
        std::fprintf(fd, "%u = %lu (0x%lx)\n", item->Tag, item->Data, item->Data);
    }
}
