// Reads drafts, one JSON text a line, and says of each whether a report can be made of it: "yes", or where
// the faults are. For test_schema.py.
#include <iostream>
#include <string>

#include "crypto/plain.hpp"
#include "crypto/protocol/report.hpp"

int main() {
    crypto::start();
    for (std::string line; std::getline(std::cin, line);) {
        const auto read = protocol::report::draft(line);
        if (read) {
            std::cout << "yes\n";
            continue;
        }
        for (const auto& fault : read.error()) std::cout << fault.location << ':' << fault.code << ' ';
        std::cout << '\n';
    }
}
