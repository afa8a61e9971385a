#include "client/here/passphrase_spellings.hpp"

#include <algorithm>
#include <new>
#include <optional>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include <fmt/format.h>

#include "base/text/utf8.hpp"

namespace client {
namespace {

bool is_ascii(const crypto::plain& text) {
    return std::ranges::all_of(text.text(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// UTF-16 in wiped memory.
class units {
  public:
    explicit units(std::size_t size) : bytes_(size * sizeof(UChar)), size_(static_cast<std::int32_t>(size)) {}
    [[nodiscard]] UChar* data() { return reinterpret_cast<UChar*>(bytes_.span().data()); }
    [[nodiscard]] std::int32_t size() const { return size_; }

  private:
    crypto::plain bytes_;
    std::int32_t size_;
};

// Nothing where it is no UTF-8. In neither form does a code unit become more than four (UAX #15).
std::optional<crypto::plain> normalised(const crypto::plain& typed, const UNormalizer2* form) {
    if (!form || !base::is_utf8(typed.text())) return std::nullopt;
    const auto length = static_cast<std::int32_t>(typed.size());
    auto fault = U_ZERO_ERROR;
    units from(typed.size());
    std::int32_t read = 0;
    u_strFromUTF8(from.data(), from.size(), &read, typed.text().data(), length, &fault);
    units to(typed.size() * 4);
    const auto written = unorm2_normalize(form, from.data(), read, to.data(), to.size(), &fault);
    crypto::plain out(static_cast<std::size_t>(to.size()) * 3);
    std::int32_t size = 0;
    u_strToUTF8(reinterpret_cast<char*>(out.span().data()), static_cast<std::int32_t>(out.size()), &size,
                to.data(), written, &fault);
    if (U_FAILURE(fault)) return std::nullopt;
    out.shrink(static_cast<std::size_t>(size));
    return out;
}

const UNormalizer2* nfc() {
    auto fault = U_ZERO_ERROR;
    const auto* form = unorm2_getNFCInstance(&fault);
    return U_SUCCESS(fault) ? form : nullptr;
}

const UNormalizer2* nfd() {
    auto fault = U_ZERO_ERROR;
    const auto* form = unorm2_getNFDInstance(&fault);
    return U_SUCCESS(fault) ? form : nullptr;
}

}  // namespace

crypto::plain composed(const crypto::plain& typed) {
    if (!is_ascii(typed))
        if (auto out = normalised(typed, nfc())) return std::move(*out);
    return crypto::plain::copy_of(typed.text());
}

std::vector<crypto::plain> spellings(const crypto::plain& typed) {
    std::vector<crypto::plain> out;
    out.push_back(crypto::plain::copy_of(typed.text()));
    if (is_ascii(typed)) return out;
    for (const auto* form : {nfc(), nfd()}) {
        auto other = normalised(typed, form);
        const auto same = [&](const crypto::plain& one) { return one.text() == other->text(); };
        if (other && std::ranges::none_of(out, same)) out.push_back(std::move(*other));
    }
    return out;
}

result<crypto::plain> passphrase_in(crypto::plain text, const std::string& file) {
    auto line = text.text();
    if (line.starts_with("\xff\xfe") || line.starts_with("\xfe\xff"))
        return refuse(file + " is UTF-16; save it as UTF-8.");
    if (line.starts_with("\xef\xbb\xbf")) line.remove_prefix(3);
    if (line.ends_with('\n')) line.remove_suffix(line.ends_with("\r\n") ? 2 : 1);
    if (line.empty()) return refuse(file + " holds no passphrase; write one into it.");
    if (line.find_first_of("\r\n") != line.npos)
        return refuse(fmt::format("{} holds more than one line; a passphrase is one line.", file));
    if (line.size() == text.size()) return text;
    return crypto::plain::copy_of(line);
}

}  // namespace client
