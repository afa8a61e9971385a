// How far a long verb is, as one line of the terminal that is written over; nothing where stderr is none.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace admin {

class progress {
  public:
    explicit progress(std::string doing);
    ~progress();  // leaves the line empty
    progress(const progress&) = delete;
    progress& operator=(const progress&) = delete;
    void tell(std::string_view table, std::int64_t rows) const;

  private:
    const std::string doing_;
    const bool shown_;
};

}  // namespace admin
