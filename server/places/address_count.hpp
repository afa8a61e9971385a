// Counts addresses by postcode (four digits) and municipality, from the yearly file of Statistics Netherlands
// that gives every address its postcode and its municipality (pc6hnr<year>0801_gwb.csv: PC6, house number,
// neighbourhood, district, municipality). One pass, in parts of any size; memory does not grow with the file.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/domain_files/csv.hpp"
#include "server/domain_files/fault.hpp"

namespace guide {

struct counted_addresses {
    struct share {
        std::uint16_t gemeente;  // the number of CBS, 363
        std::uint32_t addresses;
    };
    std::map<std::uint16_t, std::vector<share>> postcodes;  // by number, 1000 to 9999; none without a share
    std::map<std::uint16_t, std::size_t> first_line;        // of every municipality
    std::size_t addresses = 0;
    std::optional<unsigned> year;  // as the header says it
};

class address_count {
  public:
    static constexpr std::size_t most_faults = 50;

    explicit address_count(std::string file);  // its name, for faults

    void feed(std::string_view part);
    // The counts; read faults() first.
    [[nodiscard]] counted_addresses finish();

    // The first `most_faults`, by line, and how many there are.
    [[nodiscard]] const std::vector<fault>& faults() const { return faults_; }
    [[nodiscard]] std::size_t fault_count() const { return fault_count_; }

  private:
    void take(std::size_t line, std::string_view text);
    void take_header(std::string_view text);
    void count(std::size_t line, unsigned postcode, unsigned gemeente);
    void add(std::size_t line, std::string sentence);

    std::string file_;
    csv_lines lines_;
    char separator_ = ';';
    std::size_t columns_ = 0, pc6_ = 0, gemeente_ = 0;
    bool header_seen_ = false, header_right_ = false;
    std::vector<std::string_view> fields_;
    std::vector<std::vector<counted_addresses::share>> by_postcode_;  // from 1000 on
    std::size_t pairs_ = 0;
    std::array<std::size_t, 10'000> first_line_{};  // by municipality; 0: none
    counted_addresses out_;
    std::vector<fault> faults_;
    std::size_t fault_count_ = 0;
};

}  // namespace guide
