// Any bytes as the yearly address file, and as the list of municipalities beside it: parts of any size count
// alike, every address stands in one share, and what has no fault becomes tables or names what is not known.
#include <cstdint>
#include <string>

#include "base/text/utf8.hpp"
#include "server/places/municipality_names.hpp"
#include "server/places/places_changes.hpp"
#include "server/places/places_import.hpp"
#include "tests/checkout.hpp"
#include "tests/fuzz/target.hpp"

namespace {

const guide::atlas& country() {
    static const guide::atlas read = guide::read_atlas(checkout::schema).value();
    return read;
}

void tables(const guide::counted_addresses& count) {
    const auto made = guide::imported(country(), count);
    must(made.has_value() || !made.error().empty());
    if (!made) return;
    must(made->postcodes.size() == count.postcodes.size());
    for (const auto& one : made->postcodes) {
        must(!one.shares.empty() && one.shares.front().percent > 0);
        for (const auto& share : one.shares) must(share.percent >= 2 || &share == &one.shares.front());
    }
    const auto changes = guide::compare(country(), *made);
    must(country().postcodes.size() + changes.fresh.size() == made->postcodes.size() + changes.gone.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    guide::address_count whole("f"), parts("f");
    whole.feed(text);
    const std::size_t step = size == 0 ? 1 : data[0] % 7 + 1u;
    for (std::size_t at = 0; at < text.size(); at += step)
        parts.feed(std::string_view(text).substr(at, step));
    const auto count = whole.finish(), again = parts.finish();
    must(whole.fault_count() == parts.fault_count() && count.addresses == again.addresses);
    must(count.year == again.year && count.first_line == again.first_line);
    std::size_t all = 0;
    for (const auto& [postcode, shares] : count.postcodes) {
        must(postcode >= 1000 && postcode <= 9999 && !shares.empty());
        for (const auto& share : shares) {
            must(share.addresses > 0 && count.first_line.contains(share.gemeente));
            all += share.addresses;
        }
    }
    must(all == count.addresses);
    must(all > 0 || whole.fault_count() > 0);
    for (const auto& one : whole.faults()) must(base::is_utf8(one.sentence));
    if (whole.fault_count() == 0) tables(count);

    std::vector<guide::fault> faults;
    for (const auto& [number, name] : guide::municipality_names(text, "f", faults))
        must(number >= 1 && number <= 9999 && !name.empty() && base::is_utf8(name));
    return 0;
}
