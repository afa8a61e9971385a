// Texts that are too long: said beside the text while it can still be shown again, else on a page that names
// it.
#include <algorithm>

#include "server/pages/melden.hpp"
#include "server/pages/message.hpp"

namespace pages {
namespace {

constexpr lang::phrase too_long_by{
    "fault", "All together this is about {most} characters too long. Shorten the longest text."};

// Every byte of UTF-8 but those that continue a character.
std::size_t characters_of(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xc0) != 0x80; }));
}

// As a browser spells it in a form: most signs take three bytes for each of theirs.
std::size_t spelled_size(std::string_view text) {
    const auto plain = std::ranges::count_if(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ' ';
    });
    return text.size() * 3 - static_cast<std::size_t>(plain) * 2;
}

const question& longest(const answers& given) {
    const question* out = nullptr;
    for (const auto& group : given.questions().groups)
        for (const auto& question : group.questions)
            if (!out || given.text(question.name).size() > given.text(out->name).size()) out = &question;
    return *out;
}

}  // namespace

http::response melden::too_large(const http::form& form, const frame& frame) const {
    const answers given(form);
    const auto& question = longest(given);
    return too_long(book_, frame, given.words(question).label, characters_of(given.text(question.name)));
}

http::response melden::too_long_here(const http::form& form, const frame& frame, const moment& at,
                                     std::size_t excess) const {
    const answers given(form);
    const auto& question = longest(given);
    const auto text = given.text(question.name);
    const auto most =
        excess * characters_of(text) / std::max<std::size_t>(spelled_size(text), 1) / 10 * 10 + 10;
    return questions_page(given, frame, {{question.name, too_long_by, most}}, place_in(given, at));
}

}  // namespace pages
