"""A page in our own words with boilerplate around its article, for tests of the HTML reader."""

from __future__ import annotations

PARAGRAPHS = (
    "国内の蓄電池市場は二〇二四年に一兆二千億円となり、前の年を一割あまり上回った。家庭用の需要が伸びたことが大きい。",
    "調査会社によると、家庭用の出荷台数は15万台に達し、平均価格は一台あたり98万円まで下がった。補助金の効果もある。",
    "一方で産業用は工場の投資が遅れ、前年を5%下回った。各社は値下げではなく保守契約で利益を確保しようとしている。",
    "来年度は新しい規格が始まるため、市場は1兆3,500億円まで広がると見込まれる。ただし資源価格には注意が必要だ。",
)

TABLE = """
<figure class="wp-block-table"><table>
<caption>表1 用途別の市場(単位:億円)</caption>
<thead><tr><th rowspan="2">用途</th><th colspan="2">市場規模</th></tr><tr><th>2023年</th><th>2024年</th></tr></thead>
<tbody><tr><th>家庭用</th><td>5,100</td><td>6,300<sup>1</sup></td></tr>
<tr><th>産業用</th><td>6,000</td><td>5,700</td></tr></tbody>
</table><figcaption>(出所) 各社資料</figcaption></figure>
"""

LIST = "<ul><li>家庭用は<b>15万台</b><ul><li>うち集合住宅向けは2万台</li></ul></li><li>産業用は横ばい</li></ul>"


def page(*, charset: str = "utf-8", head: str = "", body: str = "", date: str = "公開日：2025年3月14日") -> str:
    prose = "".join(f"<p>{p}</p>\n" for p in PARAGRAPHS[:2])
    rest = "".join(f"<p>{p}</p>\n" for p in PARAGRAPHS[2:])
    links = "".join(f'<li><a href="/{i}">別の記事の題名その{i}</a></li>' for i in range(12))
    return f"""<!DOCTYPE html><html lang="ja"><head><meta charset="{charset}">
<title>蓄電池市場の一年を振り返る | 架空研究所</title><meta property="og:site_name" content="架空研究所">{head}</head>
<body><header><nav><ul>{links}</ul></nav></header>
<div class="layout"><main><article><h1>蓄電池市場の一年を振り返る</h1><p class="meta">{date}</p>
{prose}<h2>用途別に見る</h2>{TABLE}{LIST}{rest}{body}</article></main>
<aside class="sidebar"><h3>人気記事</h3><ul>{links}</ul></aside></div>
<footer><p>Copyright © 架空研究所 All rights reserved.</p><ul>{links}</ul></footer></body></html>"""
