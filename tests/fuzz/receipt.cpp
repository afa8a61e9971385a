// Anything a person could paste as a receipt: it is refused, or it is 24 digits that read back as themselves.
#include "crypto/receipt.hpp"

#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto typed = crypto::as_text({data, size});
    const auto parsed = crypto::receipt::parse(typed);
    if (!parsed) {
        const bool named =
            parsed.error() == crypto::errc::bad_receipt || parsed.error() == crypto::errc::bad_check_digit;
        if (!named) std::abort();
        return 0;
    }
    const auto digits = parsed->digits();
    if (digits.size() != 24 || digits.find_first_not_of("0123456789") != std::string_view::npos) std::abort();
    const auto shown = parsed->groups();
    const auto again = crypto::receipt::parse(shown.text());
    if (!again || again->digits() != digits) std::abort();
    // One wrong digit is always noticed.
    auto wrong = crypto::plain::copy_of(digits);
    auto& digit = wrong.span()[size % 24];
    digit = digit == '9' ? '0' : static_cast<std::uint8_t>(digit + 1);
    const auto refused = crypto::receipt::parse(wrong.text());
    if (refused || refused.error() != crypto::errc::bad_check_digit) std::abort();
    return 0;
}
