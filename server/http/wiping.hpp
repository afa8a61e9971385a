// Memory that is overwritten before it goes back to the allocator: request bodies and everything a connection
// reads. Growing a container wipes the block it leaves. What it does not reach: a wiping_string of up to 15
// bytes lives in the object itself (the small string), so short secrets belong in wiping_bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string.h>
#include <string>
#include <vector>

namespace http {

template <class T>
struct wiping_allocator {
    using value_type = T;

    wiping_allocator() = default;
    template <class U>
    wiping_allocator(const wiping_allocator<U>&) noexcept {}  // NOLINT: allocators convert

    [[nodiscard]] T* allocate(std::size_t count) { return std::allocator<T>().allocate(count); }
    void deallocate(T* block, std::size_t count) noexcept {
        ::explicit_bzero(block, count * sizeof(T));
        std::allocator<T>().deallocate(block, count);
    }
    template <class U>
    bool operator==(const wiping_allocator<U>&) const noexcept {
        return true;
    }
};

using wiping_bytes = std::vector<std::uint8_t, wiping_allocator<std::uint8_t>>;
using wiping_string = std::basic_string<char, std::char_traits<char>, wiping_allocator<char>>;

}  // namespace http
