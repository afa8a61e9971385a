// Any text as the body with which an officer's program says that a report was opened, exported or does not
// open: refused with faults that name a member of it and do not repeat it, or one of three words under an id,
// which written again says the same.
#include "server/inbox/said.hpp"

#include <algorithm>
#include <array>

#include "tests/fuzz/target.hpp"

namespace {

void must_say_the_same(const inbox::said& one) {
    const protocol::json::object again{{"id", one.id.text()}, {"handeling", one.what}, {"tot", nullptr}};
    protocol::faults none;
    const auto read = inbox::read_said(again, none);
    must(none.empty() && read.id == one.id && read.what == one.what);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto object = protocol::parse_object(crypto::as_text({data, size}));
    if (!object) return 0;
    protocol::faults found;
    const auto said = inbox::read_said(*object, found);
    for (const auto& fault : found) must(!fault.code.empty() && fault.detail.ends_with('.'));
    if (!found.empty()) return 0;
    constexpr std::array words{inbox::opened, inbox::exported, inbox::unopenable};
    must(std::ranges::find(words, said.what) != words.end());
    must(crypto::uuid::parse(said.id.text()) == said.id);
    // What it was read from says no more: three members, and no message.
    must(object->size() <= 3 && (!object->contains("tot") || object->at("tot").is_null()));
    must_say_the_same(said);
    return 0;
}
