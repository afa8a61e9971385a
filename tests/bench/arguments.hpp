// `--name value` pairs for the programs of this directory; their only caller is deploy/bench.
#pragma once

#include <cstdlib>
#include <map>
#include <string>

#include <fmt/format.h>

namespace bench {

class arguments {
  public:
    arguments(int argc, char** argv) {
        for (int i = 1; i < argc; i += 2) {
            if (i + 1 == argc) refuse(argv[i]);
            values_[argv[i]] = argv[i + 1];
        }
    }
    [[nodiscard]] const std::string& text(const std::string& name) const {
        const auto at = values_.find(name);
        if (at == values_.end()) refuse(name);
        return at->second;
    }
    [[nodiscard]] std::string text(const std::string& name, std::string otherwise) const {
        const auto at = values_.find(name);
        return at == values_.end() ? std::move(otherwise) : at->second;
    }
    [[nodiscard]] std::size_t number(const std::string& name) const { return std::stoul(text(name)); }
    [[nodiscard]] double seconds() const { return std::stod(text("--seconds")); }

  private:
    [[noreturn]] static void refuse(const std::string& name) {
        fmt::print(stderr, "{} with a value is needed\n", name);
        std::exit(2);
    }
    std::map<std::string, std::string> values_;
};

}  // namespace bench
