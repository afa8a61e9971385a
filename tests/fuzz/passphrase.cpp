// Any bytes as a passphrase file and as a passphrase: one line comes out, and its spellings are each once, as
// typed first, and of one composed form.
#include "client/here/passphrase_spellings.hpp"
#include "tests/fuzz/target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 4096) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto line = client::passphrase_in(crypto::plain::copy_of(bytes), "FILE");
    if (!line) return 0;
    must(!line->empty() && line->text().find_first_of("\r\n") == std::string_view::npos);
    const auto all = client::spellings(*line);
    must(!all.empty() && all.size() <= 3 && all[0].text() == line->text());
    const auto one = client::composed(*line);
    for (std::size_t i = 0; i < all.size(); ++i) {
        must(client::composed(all[i]).text() == one.text());
        for (std::size_t j = 0; j < i; ++j) must(all[i].text() != all[j].text());
    }
    return 0;
}
