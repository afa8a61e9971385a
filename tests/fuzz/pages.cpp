// Any bytes posted to the form: the answers are judged, the place is found or asked about, and answers
// without a fault make a report that the protocol takes.
#include <cstdint>
#include <stdexcept>

#include "server/pages/desks.hpp"
#include "server/pages/draft.hpp"
#include "server/pages/places.hpp"
#include "tests/checkout.hpp"
#include "tests/fuzz/target.hpp"

namespace {

const guide::gemeenten& country() {
    static const auto read = guide::gemeenten::load(checkout::schema);
    if (!read) throw std::runtime_error("schema/places cannot be read");
    return *read;
}

const protocol::routing_table& table() {
    static const auto read = protocol::routing_table::read(
        R"({"versie":1,"datum":"2026-11-21","standaard":"landelijk","gemeenten":{},"regels":[]})");
    if (!read) throw std::runtime_error("the routing table cannot be read");
    return *read;
}

void judge(const pages::answers& given) {
    auto begin = given.judge(pages::page::begin), rest = given.judge(pages::page::form);
    for (const auto* found : {&begin, &rest})
        for (const auto& fault : *found)
            must(pages::report_questions().find(fault.question) && !fault.sentence.text.empty());
    auto place = pages::find_place(country(), table(), given.text("plaats"), given.text(pages::which_place));
    must(!place.ask || (place.open && !place.found));
    must(place.offered.size() <= 8);
    if (!begin.empty() || !rest.empty()) return;
    auto report = pages::draft(given, place, "nl");
    must(report.has_value());
    must(!report->facts().vormen.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto form = http::form::parse(http::wiping_bytes(data, data + size), 200);
    if (!form) return 0;
    judge(pages::answers(*form));
    if (auto readers = pages::read_readers(form->value("lezers"))) {
        must(readers->size() <= 4 && readers->front().rol == "eerste");
        must(pages::read_readers(pages::written(*readers)) == readers);
    }
    return 0;
}
