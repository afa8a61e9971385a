// Any text as the body with which an officer changes a report: refused with faults that do not repeat it, or
// read as something that has words for the trail.
#include "server/inbox/change.hpp"

#include <cstdlib>

#include "tests/fuzz/target.hpp"

namespace {

void must_be_whole(const std::vector<inbox::change::anew>& all) {
    for (const auto& one : all)
        for (const auto& to : one.recipients)
            must(!to.desk().empty() && to.epoch && to.sealed_key.size() == crypto::sealed_key_size);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto object = protocol::parse_object(crypto::as_text({data, size}));
    if (!object) return 0;
    protocol::faults found;
    const auto is_reason = [](std::string_view code) { return code == "rechtszaak"; };
    const auto change = inbox::read_change(*object, is_reason, protocol::day{20778}, found);
    for (const auto& fault : found) must(!fault.code.empty() && fault.detail.ends_with('.'));
    if (!found.empty()) return 0;
    must(change.of_first() || change.sealed);
    const auto words = inbox::told(change);
    must((change.undo || !words.empty()) && words.find('\n') == std::string::npos);
    if (change.keep && *change.keep) must_be_whole((*change.keep)->sealed);
    if (change.sealed) must_be_whole(*change.sealed);
    return 0;
}
