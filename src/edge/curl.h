/*
 * libcurl, opened when it is first needed: it and what it brings along are
 * some thirty libraries, which a responder whose routes ask no application
 * shall not carry. Nothing is linked; only the headers are compiled in.
 */
#ifndef OFFHOOK_CURL_H
#define OFFHOOK_CURL_H

#include <curl/curl.h>

/* The functions used, under libcurl's own names without "curl_". */
struct curl {
	CURLcode	 (*global_init)(long);
	CURL		*(*easy_init)(void);
	void		 (*easy_cleanup)(CURL *);
	CURLcode	 (*easy_setopt)(CURL *, CURLoption, ...);
	CURLcode	 (*easy_getinfo)(CURL *, CURLINFO, ...);
	const char	*(*easy_strerror)(CURLcode);
	CURLHcode	 (*easy_header)(CURL *, const char *, size_t,
			    unsigned, int, struct curl_header **);
	time_t		 (*getdate)(const char *, const time_t *);
	struct curl_slist *(*slist_append)(struct curl_slist *, const char *);
	void		 (*slist_free_all)(struct curl_slist *);
	CURLM		*(*multi_init)(void);
	CURLMcode	 (*multi_cleanup)(CURLM *);
	CURLMcode	 (*multi_setopt)(CURLM *, CURLMoption, ...);
	CURLMcode	 (*multi_add_handle)(CURLM *, CURL *);
	CURLMcode	 (*multi_remove_handle)(CURLM *, CURL *);
	CURLMcode	 (*multi_perform)(CURLM *, int *);
	CURLMcode	 (*multi_assign)(CURLM *, curl_socket_t, void *);
	CURLMcode	 (*multi_socket_action)(CURLM *, curl_socket_t, int,
			    int *);
	CURLMcode	 (*multi_poll)(CURLM *, struct curl_waitfd *,
			    unsigned, int, int *);
	CURLMsg		*(*multi_info_read)(CURLM *, int *);
};

/* NULL when there is none that has them all; asked again, it looks again. */
const struct curl	*curl_open(void);

/* What is said then: what is wrong, and its mend. */
#define CURL_MISSING "libcurl is not installed, or is older than 7.87: " \
	"apt-get install libcurl4"

#endif
