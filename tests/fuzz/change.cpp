// Any text as the body with which an officer changes a report: refused with faults that do not repeat it, or
// read as something that has words for the trail.
#include "server/inbox/change.hpp"

#include <cstdlib>

#include "tests/fuzz/target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto object = protocol::parse_object(crypto::as_text({data, size}));
    if (!object) return 0;
    protocol::faults found;
    const auto change = inbox::read_change(*object, found);
    for (const auto& fault : found) must(!fault.code.empty() && fault.detail.ends_with('.'));
    if (!found.empty()) return 0;
    must(change.status || change.assignee || change.labels || change.keep);
    const auto words = inbox::told(change);
    must(!words.empty() && words.find('\n') == std::string::npos);
    if (change.keep && *change.keep)
        for (const auto& to : (*change.keep)->ontvangers)
            must(!to.desk().empty() && to.epoch && to.sealed_key.size() == crypto::sealed_key_size);
    return 0;
}
