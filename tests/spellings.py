"""How people write parties, and whom they mean: the same for the command, the service and Python."""

from __future__ import annotations

#: What is typed, and the short name of the one party that it names.
NAMED = {
    # Own scripts
    "네이버": "naver",
    "카카오": "kakao",
    "삼성전자": "samsung-electronics",
    "SK텔레콤": "sk-telecom",
    "LG AI연구원": "lg-ai-research",
    "LG AI 연구원": "lg-ai-research",
    "한화그룹": "hanwha",
    "과기정통부": "msit-korea",
    "日本電気": "nec",
    "富士通": "fujitsu",
    "ソフトバンク": "softbank",
    "楽天": "rakuten",
    "ラピダス": "rapidus",
    "中央大学": "chuo-university",
    "智谱AI": "zhipu-ai",
    "智譜": "zhipu-ai",
    "阿里巴巴": "alibaba",
    "腾讯": "tencent",
    "騰訊": "tencent",
    "华为": "huawei",
    "華為": "huawei",
    "字节跳动": "bytedance",
    "深度求索": "deepseek",
    "商汤": "sensetime",
    "零一万物": "01-ai",
    "معهد الابتكار التكنولوجي": "tii",
    "विप्रो": "wipro",
    "הרבנות הראשית": "chief-rabbinate-of-israel",
    # Abroad
    "구글": "google",
    "앤트로픽": "anthropic",
    "앤스로픽": "anthropic",
    "오픈AI": "openai",
    "マイクロソフト": "microsoft",
    "गूगल": "google",
    # States
    "大韩民国": "kr",
    "République de Corée": "kr",
    "Allemagne": "de",
    "Côte d’Ivoire": "ci",
    "Япония": "jp",
    "Estados Unidos de América": "us",
    "French Republic": "fr",
    "한국": "kr",
    "대한민국": "kr",
    "KR": "kr",
    "sk": "sk",
    # Case, width, accents, spaces, punctuation
    "open ai": "openai",
    "Open-AI": "openai",
    "ＮＥＣ": "nec",
    "x ai": "xai",
    "TELEFONICA": "telefonica",
    "conseil de l'europe": "council-of-europe",
    # Legal forms
    "IBM Corp.": "ibm",
    "NEC Corp": "nec",
    "㈜카카오": "kakao",
    "네이버 주식회사": "naver",
    "株式会社富士通": "fujitsu",
    "华为有限公司": "huawei",
    "OpenAI, L.L.C.": "openai",
    "Mistral AI SAS": "mistral-ai",
    "Aleph Alpha GmbH": "aleph-alpha",
    # Former names
    "日本電信電話": "ntt",
    "蚂蚁金服": "ant-group",
    "楽天株式会社": "rakuten",
}
#: What stands for several parties, and which.
SEVERAL = {
    "SK": {"sk", "sk-telecom"},
    "MA": {"ma", "mastercard"},
}
#: What is no name of a party but helps to find one: the party, and what it is to it.
HELP = {
    "Qwen": ("alibaba", "a brand of Alibaba"),
    "AWS": ("amazon", "a unit of Amazon"),
    "Amazon Web Services, Inc.": ("amazon", "a unit of Amazon"),
    "LG": ("lg-ai-research", "the parent or group of LG AI Research"),
    "中国电信": ("china-telecom-ai", "the parent or group of China Telecom AI"),
    "Daum": ("kakao", "a body related to Kakao"),
    "NVDA": ("nvidia", "the stock symbol of NVIDIA"),
    "Apple Computers": ("apple", "a nickname of Apple"),
}
