// Any text as a file of the outbox: it is refused, or read as what is written of it again.
#include "client/report/outbox.hpp"

#include "tests/fuzz/target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto read = desk::read_outgoing({reinterpret_cast<const char*>(data), size});
    if (!read) return 0;
    const auto written = desk::write_outgoing(*read);
    const auto again = desk::read_outgoing(written.text());
    must(again && again->id == read->id && again->server == read->server && again->draft == read->draft);
    must(again->exclude == read->exclude && again->spoed == read->spoed && again->readers == read->readers);
    must(again->body == read->body && again->receipt.has_value() == read->receipt.has_value());
    if (read->receipt) must(again->receipt->digits() == read->receipt->digits());
    return 0;
}
