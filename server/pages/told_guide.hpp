// How a page tells what the guide knows: whom to call, where a fact comes from.
#pragma once

#include "server/guide/handbook.hpp"
#include "server/http/message.hpp"
#include "server/pages/screen.hpp"

namespace pages {

// Fills `wie` and the telephone, address and hours beside it.
void put_contact(screen& screen, html::view& item, const guide::organisation& who);

// Fills `opsporing` and `aard`: that it investigates, and as what.
void put_kind(screen& screen, html::view& item, const guide::organisation& who);

// Fills `met-bron` and `bron`; its day goes into that of the page (screen::put_checked).
void put_source(screen& screen, html::view& item, const guide::provenance& of);

// One item of a list with `tekst` and its source.
void put_sourced(screen& screen, html::view& item, const guide::words& text, const guide::provenance& of);

// What stands today of these sentences, as items of the list `name`; whether there is any.
bool put_law(screen& screen, html::view& view, std::string_view name,
             const std::vector<const guide::law_sentence*>& sentences, protocol::day today);

// A page of the guide that is the same for everybody.
[[nodiscard]] http::response fixed_response(const book& book, sheet sheet, const screen& screen);
// One that was asked for with answers, padded as all dynamic pages are.
[[nodiscard]] http::response guide_response(const book& book, sheet sheet, const screen& screen,
                                            unsigned status);

}  // namespace pages
