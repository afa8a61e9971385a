// On which line of a JSON text each of its values stands: for files that people write, whose faults are told
// by pointers.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace protocol {

class json_lines {
  public:
    // text: JSON that parse_json takes; of any other what stands before its fault.
    explicit json_lines(std::string_view text);

    // Of the value that this pointer (RFC 6901) leads to, or its name; where there is none, of the nearest
    // value around it. Counted from 1; 0 for a text without any value.
    [[nodiscard]] std::size_t of(std::string_view pointer) const;

  private:
    std::map<std::string, std::size_t, std::less<>> lines_;
};

// A name as a part of a pointer (RFC 6901 §3), fit for a line of a log.
[[nodiscard]] std::string pointer_part(std::string_view name);

}  // namespace protocol
