// A schema directory with hours made up for the tests.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include "server/guide/staffing.hpp"

namespace hours {

// A schema directory that holds one file, gone with the test.
class directory {
  public:
    explicit directory(const std::string& text) {
        std::string pattern = (std::filesystem::temp_directory_path() / "guide-XXXXXX").string();
        if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary directory");
        path_ = pattern;
        std::ofstream(path_ / "bezetting.json", std::ios::binary) << text;
    }
    directory(const directory&) = delete;
    directory& operator=(const directory&) = delete;
    ~directory() { std::filesystem::remove_all(path_); }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

inline const std::string right = R"({
  "versie": 1,
  "standaard": {"tijden": [{"dagen": [1, 2, 3, 4, 5], "van": "09:00", "tot": "17:00"}],
                "feestdagen": false, "antwoordWerkdagen": 2},
  "loketten": {
    "altijd": {"tijden": [{"dagen": [1, 2, 3, 4, 5, 6, 7], "van": "00:00", "tot": "24:00"}],
               "feestdagen": true, "antwoordWerkdagen": 0},
    "bijna-altijd": {"tijden": [{"dagen": [7, 6, 5, 4, 3, 2, 1], "van": "00:00", "tot": "24:00"}],
                     "feestdagen": false, "antwoordWerkdagen": 1},
    "pauze": {"tijden": [{"dagen": [3], "van": "12:00", "tot": "17:00"}, {"dagen": [3], "van": "09:00", "tot": "12:00"},
                         {"dagen": [4], "van": "13:00", "tot": "17:00"}, {"dagen": [4], "van": "09:00", "tot": "12:00"}],
              "feestdagen": true, "antwoordWerkdagen": 0},
    "nacht": {"tijden": [{"dagen": [5], "van": "20:00", "tot": "24:00"}, {"dagen": [6], "van": "00:00", "tot": "04:00"},
                         {"dagen": [6], "van": "22:00", "tot": "24:00"}],
              "feestdagen": false, "antwoordWerkdagen": 30},
    "sprong": {"tijden": [{"dagen": [7], "van": "02:15", "tot": "02:45"}, {"dagen": [7], "van": "01:00", "tot": "02:00"}],
               "feestdagen": true, "antwoordWerkdagen": 0},
    "avond": {"tijden": [{"dagen": [1, 2, 3, 4, 5], "van": "18:00", "tot": "24:00"},
                         {"dagen": [2, 3, 4, 5, 6], "van": "00:00", "tot": "06:00"}],
              "feestdagen": false, "antwoordWerkdagen": 1,
              "uitzonderingen": {"tot": "2027-06-30", "dagen": [
                {"dag": "2027-02-10", "tijden": []},
                {"dag": "2027-02-16", "tijden": [{"van": "20:00", "tot": "22:00"}]},
                {"dag": "2027-03-29", "tijden": [{"van": "18:00", "tot": "24:00"}]}]}},
    "eigen": {"tijden": [{"dagen": [1, 2, 3, 4, 5], "van": "09:00", "tot": "17:00"}],
              "feestdagen": false, "antwoordWerkdagen": 1,
              "uitzonderingen": {"tot": "2027-12-31", "dagen": [
                {"dag": "2027-03-26", "tijden": []}, {"dag": "2027-05-05", "tijden": [{"van": "10:00", "tot": "12:00"}]},
                {"dag": "2027-05-08", "tijden": [{"van": "13:00", "tot": "14:00"}, {"van": "10:00", "tot": "11:00"}]}]}},
    "gat": {"tijden": [{"dagen": [7], "van": "02:00", "tot": "03:00"}], "feestdagen": true, "antwoordWerkdagen": 0},
    "overheen": {"tijden": [{"dagen": [7], "van": "00:30", "tot": "02:30"}, {"dagen": [7], "van": "02:30", "tot": "05:00"}],
                 "feestdagen": true, "antwoordWerkdagen": 0}
  }
})";

inline guide::staffing loaded(const std::string& text) {
    const directory here(text);
    auto read = guide::staffing::load(here.path());
    if (read) return std::move(*read);
    std::string all;
    for (const auto& fault : read.error()) all += guide::text(fault) + "\n";
    throw std::runtime_error(all);
}

}  // namespace hours
