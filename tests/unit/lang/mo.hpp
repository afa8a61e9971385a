// Writes small catalogues for the tests: the .mo format (GNU gettext manual, "The Format of GNU MO Files")
// with the hash table its readers look messages up in.
#pragma once

#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tests {

struct message {
    std::string context, text;
    std::string plural;                     // empty: none
    std::vector<std::string> translations;  // more than one: the forms of the plural
};

// Peter J. Weinberger's hash of a key up to its first zero, as gettext's hash_string computes it.
inline std::uint32_t mo_hash(const char* key) {
    std::uint32_t value = 0;
    for (; *key; ++key) {
        value = (value << 4) + static_cast<unsigned char>(*key);
        const std::uint32_t high = value & 0xF0000000;
        if (high != 0) value = (value ^ (high >> 24)) ^ high;
    }
    return value;
}

// Open addressing with the second hash of the format; places count from 1.
inline std::vector<std::uint32_t> mo_hash_table(const std::vector<std::string>& keys) {
    std::uint32_t size = 31;  // a prime, and room enough for what a test has
    while (size < 2 * keys.size()) size = 127;
    std::vector<std::uint32_t> table(size);
    for (std::uint32_t place = 0; place < keys.size(); ++place) {
        const auto hash = mo_hash(keys[place].c_str());
        auto slot = hash % size;
        while (table[slot] != 0) slot = (slot + 1 + hash % (size - 2)) % size;
        table[slot] = place + 1;
    }
    return table;
}

// The bytes of a catalogue with that rule for plurals ("nplurals=2; plural=(n != 1);").
inline std::string mo(std::string_view plural_forms, const std::vector<message>& messages) {
    std::map<std::string, std::string> sorted;  // keys and values, zeros in them
    sorted[""] = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: " + std::string(plural_forms) + "\n";
    for (const auto& one : messages) {
        std::string key = one.context + '\4' + one.text, value;
        if (!one.plural.empty()) key += '\0' + one.plural;
        for (const auto& form : one.translations)
            value += (&form == one.translations.data() ? "" : std::string(1, '\0')) + form;
        sorted[key] = value;
    }
    std::vector<std::string> keys, values;
    for (const auto& [key, value] : sorted) {
        keys.push_back(key);
        values.push_back(value);
    }
    const auto table = mo_hash_table(keys);
    const auto count = static_cast<std::uint32_t>(keys.size());
    const std::uint32_t header = 28,
                        texts_at = header + 16 * count + 4 * static_cast<std::uint32_t>(table.size());
    std::vector<std::uint32_t> words{
        0x950412de,         0, count, header, header + 8 * count, static_cast<std::uint32_t>(table.size()),
        header + 16 * count};
    std::string texts;
    for (const auto* list : {&keys, &values}) {
        for (const auto& text : *list) {
            words.push_back(static_cast<std::uint32_t>(text.size()));
            words.push_back(texts_at + static_cast<std::uint32_t>(texts.size()));
            texts += text;
            texts += '\0';
        }
    }
    words.insert(words.end(), table.begin(), table.end());
    std::string out(4 * words.size(), '\0');
    std::memcpy(out.data(), words.data(), out.size());
    return out + texts;
}

}  // namespace tests
