// How far a long verb is, as one line of the terminal that is written over; nothing where stderr is none.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace admin {

class progress {
  public:
    explicit progress(std::string doing);
    ~progress();  // leaves the line empty
    progress(const progress&) = delete;
    progress& operator=(const progress&) = delete;
    // Whether anybody sees it.
    [[nodiscard]] bool watched() const { return shown_; }
    // How many rows a table has, where that is known.
    void expect(std::string_view table, std::int64_t all) { all_.emplace_back(table, all); }
    // table: of the schema, told in words; anything else as it is.
    void tell(std::string_view table, std::int64_t rows) const;

  private:
    std::vector<std::pair<std::string_view, std::int64_t>> all_;
    const std::string doing_;
    const bool shown_;
};

}  // namespace admin
