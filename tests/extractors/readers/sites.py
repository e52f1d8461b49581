# ruff: noqa: E501  (pages)
"""Small pages built as kinds of sites build them, in our own words: what belongs to the article and what does not."""

from __future__ import annotations

from typing import NamedTuple

A = "国内のポンプ市場は二〇二四年度に四百二十億円となり、前の年度を三分ほど上回った。更新の需要が続いたためである。"
B = "上水道向けは自治体の予算が増え、受注は前の年度に比べて一割伸びた。納期は平均で四か月から五か月に延びている。"
C = "工場向けでは省エネルギー型への置き換えが進み、出荷の四割を占めるまでになった。電気代の上昇が背中を押した。"
D = "来年度は鋼材の値上がりが利益を押し下げる見通しで、各社は保守契約の比率を高めようとしている。"
LINKS = "".join(f'<li><a href="/p/{i}">ほかのページの見出しその{i}</a></li>' for i in range(10))
TEASERS = "".join(
    f'<div class="card"><a href="/n/{i}"><p>よその話題その{i}</p><span>2023年{i}月1日</span></a></div>'
    for i in range(1, 7)
)
HEADER = f'<header class="site-header"><a href="/">架空通信</a><ul class="gnav">{LINKS}</ul></header>'
FOOTER = f"<footer><ul>{LINKS}</ul><p>Copyright © 架空通信 All rights reserved.</p></footer>"
TITLE = "ポンプ市場、四百二十億円に"


class Site(NamedTuple):
    """A page, the lines its text must hold in this order, the words it must not hold, and its day with the evidence."""

    source: str
    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]
    published: str | None
    evidence: str | None


def _page(body: str, head: str = "", title: str = TITLE) -> str:
    return (
        f'<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>{title} | 架空通信</title>{head}</head>'
        f"<body>{HEADER}{body}{FOOTER}</body></html>"
    )


def _prose(*texts: str) -> str:
    return "".join(f"<p>{text}</p>\n" for text in texts)


NEWS = Site(
    _page(
        f"""<div class="container"><main><article class="news"><h1 class="headline">{TITLE}</h1>
<div class="meta"><time datetime="2025-02-03T05:30:00+09:00" class="published">2025年2月3日 5:30</time>
<ul class="share-buttons"><li><a href="/s">シェア</a></li><li><a href="/t">ポスト</a></li></ul></div>
<div class="article-body">{_prose(A, B)}<div class="ad-slot"><p>広告の文句がここに入る</p></div>{_prose(C, D)}</div>
<section class="author-box"><h3>この記事の筆者</h3><p>架空花子。機械業界を十年取材している。</p></section>
<section class="related"><h2>関連記事</h2>{TEASERS}</section></article></main>
<aside><h3>アクセスランキング</h3><ol>{LINKS}</ol></aside></div>"""
    ),
    (A, B, C, D),
    ("広告の文句", "よその話題", "ほかのページ", "シェア", "架空花子"),
    "2025-02-03",
    "time:published",
)

GOVERNMENT = Site(
    _page(
        f"""<div id="breadcrumb"><a href="/">ホーム</a> &gt; <a href="/s">統計</a> &gt; ポンプ</div>
<div class="main"><h1>{TITLE}</h1><p class="right">最終更新日：2025年2月10日</p>
<div class="text">{_prose(A)}</div><h2>用途別の動き</h2><div class="text"><p>{B}</p><ul>
<li>2024年12月20日公表<br><a href="/r">「用途別の受注の推移」</a></li></ul></div>
<h2>お知らせ</h2><div class="text"><table><tr><th>相談内容</th><td><p>{C}</p></td></tr>
<tr><th>回答</th><td><p>{D}</p></td></tr></table></div>
<h2>問い合わせ先</h2><div class="text"><div>架空省 産業機械課 電話 03-0000-0000</div></div></div>
<div class="side"><ul>{LINKS}</ul></div>"""
    ),
    (A, "用途別の動き", B, C, D, "架空省 産業機械課 電話 03-0000-0000"),
    ("ほかのページ",),
    "2025-02-10",
    "visible:updated",
)

PRESS = Site(
    _page(
        f"""<div id="wrap"><div id="contents"><p class="date">2025年2月4日</p><p class="company">架空ポンプ株式会社</p>
<h1>{TITLE}</h1><div class="section"><p>{A}</p></div>
<div class="section"><h2>概要</h2><p>{B}</p><dl><dt>売上高</dt><dd>120億円</dd><dt>従業員</dt><dd>1,480人</dd></dl></div>
<div class="section"><h2>今後の見通し</h2><p>{C}</p><p>{D}</p></div><p class="end">以上</p>
<div class="section"><h2>本件に関する問い合わせ先</h2><p>架空ポンプ株式会社 広報室 press@example.jp</p></div></div>
<div id="localnav"><ul>{LINKS}</ul></div></div>"""
    ),
    (A, "概要", B, "売上高", "120億円", "1,480人", C, D, "広報室"),
    ("ほかのページ",),
    "2025-02-04",
    "visible",
)

BLOG = Site(
    _page(
        f"""<div id="content"><article class="entry hentry"><header class="entry-header">
<div class="date entry-date"><a href="/archive/2025/02/05"><time datetime="2025-02-05" title="2025-02-05">2025-02-05</time></a></div>
<h1 class="entry-title"><a href="/entry/pump">{TITLE}</a></h1></header>
<div class="entry-content hatenablog-entry"><ul class="table-of-contents"><li><a href="#a">上水道</a></li>
<li><a href="#b">工場</a></li></ul><p>{A}</p><h3 id="a">上水道</h3><p>{B}</p><h3 id="b">工場</h3>
<p>{C.replace("省エネルギー", '<a class="keyword" href="/keyword/a">省エネルギー</a>')}</p>
<blockquote><p>{D}</p></blockquote></div>
<footer class="entry-footer"><div class="social-buttons"><a href="/x">ツイート</a></div>
<div class="entry-footer-section"><a href="/about">kakuu_blog</a> 3日前</div></footer>
<div class="comment-box"><ul class="comment"><li>なるほど、たいへん勉強になりました。次の記事も楽しみにしています。</li></ul></div>
</article></div><div id="box2"><div class="hatena-module"><div class="hatena-module-title">最新記事</div><ul>{LINKS}</ul></div></div>"""
    ),
    (A, "上水道", B, "工場", C, D),
    ("勉強になりました", "ほかのページ", "ツイート"),
    "2025-02-05",
    "time",
)

CARDS = Site(
    _page(
        f"""<main><article><h1 class="entry-title">{TITLE}</h1><p>投稿日：2025年2月6日</p><div class="entry-content">
<p>{A}</p><div class="shop-widget"><a href="https://shop.example/1"><h3>架空ポンプ 東京営業所</h3><p>千代田区架空町1-2</p>
<p>水中ポンプ、うず巻きポンプ</p><p>￥20,000～￥29,999</p></a></div><h2>二つ目の例</h2><p>{B}</p>
<div class="shop-widget"><a href="https://shop.example/2"><h3>架空ポンプ 大阪営業所</h3><p>北区架空町3-4</p>
<p>陸上ポンプ</p><p>￥40,000～￥49,999</p></a></div><h2>三つ目の例</h2><p>{C}</p><p>{D}</p>
<h3>あわせて読みたい</h3>{TEASERS}</div></article></main>"""
    ),
    (A, "東京営業所", "千代田区架空町1-2", "￥20,000～￥29,999", B, "大阪営業所", C, D),
    ("よその話題", "ほかのページ"),
    "2025-02-06",
    "visible:label",
)

WIKI = Site(
    _page(
        f"""<div id="content" class="mw-body"><h1 id="firstHeading">ポンプ市場</h1><div id="bodyContent">
<div class="mw-parser-output"><table class="infobox"><tr><th>種類</th><td>産業機械</td></tr><tr><th>規模</th><td>420億円</td></tr>
<tr><th>社数</th><td>31社</td></tr></table><p>{A}</p><div class="toc"><h2>目次</h2><ul><li><a href="#1">用途</a></li>
<li><a href="#2">見通し</a></li></ul></div><h2>用途<span class="mw-editsection">[<a href="/e">編集</a>]</span></h2><p>{B}<sup class="reference"><a
href="#cite">[1]</a></sup></p><p>{C}</p><h2>見通し</h2><p>{D}</p></div>
<div class="catlinks"><a href="/c">カテゴリ</a>: <a href="/c1">産業</a> | <a href="/c2">機械</a></div></div></div>
<div id="mw-navigation"><ul>{LINKS}</ul></div>""",
        title="ポンプ市場",
    ),
    ("産業機械", "420億円", A, B, C, D),
    ("ほかのページ", "カテゴリ"),
    None,
    None,
)

TECH = Site(
    _page(
        f"""<div class="p-items"><main><article><header><h1>{TITLE}</h1><p>最終更新日 2025年3月1日 投稿日 2025年2月7日</p></header>
<section class="it-MdContent"><div id="personal-public-article-body"><p>{A}</p><pre><code>pump --list
pump --sum</code></pre><h2>用途</h2><p>{B}</p><ul><li>{C}</li><li>{D}</li></ul></div></section></article></main>
<div class="comments"><p>このやり方は私の手元では動きませんでした。版を教えてください。</p></div>
<div class="toc-side"><ul><li><a href="#x">用途</a></li></ul></div></div>"""
    ),
    (A, "pump --sum", "用途", B, C, D),
    ("手元では動きません", "ほかのページ"),
    "2025-02-07",
    "visible:label",
)

PRODUCT = Site(
    _page(
        f"""<div class="p-main"><h1>架空ポンプ KP-7 型</h1><div class="p-summary"><div class="p-summary__body">{_prose(A, B)}</div></div>
<section class="p-information"><h2>製品の情報</h2><dl><dt>発売元</dt><dd><a href="/m">架空ポンプ</a></dd><dt>価格</dt><dd>48,000円</dd>
<dt>公開日</dt><dd>2025/2/8</dd></dl></section></div>
<div class="recommend"><h2>この商品を見た人はこちらも</h2>{TEASERS}</div>""",
        title="架空ポンプ KP-7 型",
    ),
    (A, B),
    ("よその話題", "ほかのページ"),
    "2025-02-08",
    "visible:label",
)

SITES = {
    "news": NEWS, "government": GOVERNMENT, "press": PRESS, "blog": BLOG, "cards": CARDS, "wiki": WIKI, "tech": TECH,
    "product": PRODUCT,
}  # fmt: skip
