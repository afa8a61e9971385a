// The parameters of a statement as libpq takes them: everything in PostgreSQL's binary form.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "server/store/sql/connection.hpp"

namespace store::postgres {

class parameters {
  public:
    // The values must outlive it.
    explicit parameters(std::span<const sql::value> values);

    [[nodiscard]] int count() const { return static_cast<int>(at_.size()); }
    // Of pg_type.dat; 0 for null, which takes the type of its place.
    [[nodiscard]] const unsigned* types() const { return types_.data(); }
    [[nodiscard]] const char* const* values() const { return at_.data(); }
    [[nodiscard]] const int* sizes() const { return sizes_.data(); }
    [[nodiscard]] const int* formats() const { return formats_.data(); }

  private:
    struct filled {
        unsigned type = 0;
        const char* at = nullptr;
        int size = 0;
    };
    filled fill(const sql::value& from, std::array<char, 8>& number);

    std::vector<std::array<char, 8>> numbers_;
    std::vector<unsigned> types_;
    std::vector<const char*> at_;
    std::vector<int> sizes_, formats_;
};

// A number as PostgreSQL writes it: in network order, of one to eight bytes; 0 for none.
[[nodiscard]] std::int64_t read_number(const char* from, int size);

}  // namespace store::postgres
