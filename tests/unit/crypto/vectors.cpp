// Reads the file once. Boost.JSON serves here as the independent reader; it is compiled in this unit alone.
#include "vectors.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

#include <boost/json/src.hpp>

#include "tests/checkout.hpp"

namespace vectors {
namespace {

boost::json::value read() {
    std::ifstream file(checkout::vectors);
    if (!file) throw std::runtime_error(std::string("no vectors at ") + checkout::vectors);
    std::ostringstream text;
    text << file.rdbuf();
    return boost::json::parse(text.str());
}

}  // namespace

const boost::json::array& section(std::string_view name) {
    static const boost::json::value file = read();
    const auto& out = file.at(name).as_array();
    if (out.empty()) throw std::runtime_error("a section of the vectors is empty");
    return out;
}

std::string text(const boost::json::value& entry, std::string_view name) {
    return std::string(std::string_view(entry.at(name).as_string()));
}

std::size_t number(const boost::json::value& entry, std::string_view name) {
    return entry.at(name).to_number<std::size_t>();
}

bool has(const boost::json::value& entry, std::string_view name) { return entry.as_object().contains(name); }

crypto::bytes hex(const boost::json::value& entry, std::string_view name) {
    return crypto::from_hex(text(entry, name)).value();
}

crypto::bytes b64u(const boost::json::value& entry, std::string_view name) {
    return crypto::from_b64u(text(entry, name)).value();
}

crypto::uuid id(const boost::json::value& entry) { return crypto::uuid::parse(text(entry, "id")).value(); }

}  // namespace vectors
