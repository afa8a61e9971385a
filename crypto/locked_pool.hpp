// Locked memory for many small secrets. sodium_malloc gives each one pages and guards of its own, at some
// nine system calls and a lock of the whole address space; a form has dozens of secrets, and on two threads
// they waited for each other. Here blocks come out of slabs that sodium_malloc gave once: locked, left out of
// core dumps, guarded at both ends. A block is zeroed when it is taken and when it is given back, and a
// canary behind it tells of an overflow.
#pragma once

#include <cstddef>
#include <cstdint>

namespace crypto::locked_pool {

// What is larger has guards of its own.
inline constexpr std::size_t largest = 32 * 1024 - 16;

// size zero bytes, 1 to any; null where memory is short. From any thread.
[[nodiscard]] std::uint8_t* take(std::size_t size);
// size: as taken. Ends the program where something was written behind the block. Null is allowed.
void give(std::uint8_t* block, std::size_t size);

}  // namespace crypto::locked_pool
