// operator delete that overwrites what it frees, for the whole program: plaintext that a library copied into
// a string of its own does not stay behind in the heap. Sanitizers bring their own operators, so theirs stay
// in their trees.
#include <cstddef>
#include <malloc.h>
#include <new>
#include <stdlib.h>
#include <string.h>

#if !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer) && !__has_feature(memory_sanitizer)

namespace {

void* allocate(std::size_t size, std::size_t align) {
    if (size == 0) size = 1;
    for (;;) {
        void* memory = nullptr;
        if (align <= alignof(std::max_align_t))
            memory = ::malloc(size);
        else if (::posix_memalign(&memory, align, size) != 0)
            memory = nullptr;
        if (memory) return memory;
        auto handler = std::get_new_handler();
        if (!handler) throw std::bad_alloc();
        handler();
    }
}

void release(void* memory) noexcept {
    if (!memory) return;
    ::explicit_bzero(memory, ::malloc_usable_size(memory));
    ::free(memory);
}

}  // namespace

// The array and nothrow forms of the library call these.
void* operator new(std::size_t size) { return allocate(size, 1); }
void* operator new(std::size_t size, std::align_val_t align) {
    return allocate(size, static_cast<std::size_t>(align));
}
void operator delete(void* memory) noexcept { release(memory); }
void operator delete(void* memory, std::size_t) noexcept { release(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { release(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { release(memory); }

#endif
