"""The Content-Security-Policy: what a page may load and run (SE-3)."""

import hashlib
from base64 import b64encode

from server.shipped_names import SHIPPED_NAMES


def _by_hash(text: str) -> str:
    return f" 'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" if text else ""


def content_policy(style: str = "", script: str = "", *, wasm: bool = False) -> str:
    """Return the policy; what stands in the page itself is allowed by its hash (CSP level 3, section 2.3.1)."""
    compiles = " 'wasm-unsafe-eval'" if wasm else ""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self'{_by_hash(script)}{compiles}",
            f"style-src 'self'{_by_hash(style)}",
            "img-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            f"trusted-types {SHIPPED_NAMES['htmlPolicy']} lit-html",
        )
    )
