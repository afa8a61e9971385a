#include "server/store/postgres/parameters.hpp"

namespace store::postgres {
namespace {

constexpr unsigned bool_type = 16, bytea_type = 17, int8_type = 20, text_type = 25;

}  // namespace

parameters::parameters(std::span<const sql::value> values)
    : numbers_(values.size()), formats_(values.size(), 1) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto one = fill(values[i], numbers_[i]);
        types_.push_back(one.type);
        at_.push_back(one.at);
        sizes_.push_back(one.size);
    }
}

parameters::filled parameters::fill(const sql::value& from, std::array<char, 8>& number) {
    if (const auto* flag = std::get_if<bool>(&from)) {
        number[0] = *flag ? 1 : 0;
        return {bool_type, number.data(), 1};
    }
    if (const auto* whole = std::get_if<std::int64_t>(&from)) {
        for (std::size_t i = 0; i < 8; ++i)
            number[i] = static_cast<char>(static_cast<std::uint64_t>(*whole) >> (56 - 8 * i));
        return {int8_type, number.data(), 8};
    }
    if (const auto* text = std::get_if<std::string_view>(&from))
        return {text_type, text->data() ? text->data() : "", static_cast<int>(text->size())};
    if (const auto* bytes = std::get_if<crypto::byte_view>(&from))
        return {bytea_type, bytes->data() ? reinterpret_cast<const char*>(bytes->data()) : "",
                static_cast<int>(bytes->size())};
    return {};
}

std::int64_t read_number(const char* from, int size) {
    if (size < 1 || size > 8) return 0;
    std::uint64_t out = 0;
    for (int i = 0; i < size; ++i) out = out << 8 | static_cast<std::uint8_t>(from[i]);
    const int unused = 64 - 8 * size;  // and the sign goes with it
    return static_cast<std::int64_t>(out << unused) >> unused;
}

}  // namespace store::postgres
