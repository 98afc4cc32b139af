from seeds.clean import normalise


def test_a_text_is_the_same_whatever_stands_beside_it():
    text = "对帐准确率达98%"
    assert normalise([text, "醫療"])[0] == normalise([text])[0]


def test_an_account_and_a_tent_are_told_apart():
    assert normalise(["健全工作台帳"]) == ["健全工作台账"]
    assert normalise(["搭帳篷設醫療點"]) == ["搭帐篷设医疗点"]
