using Plura.Messaging;

namespace Plura.Tests.Messaging;

public sealed class TextPartsTests
{
    private const string Smile = "😀";

    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("a", 160, 1)]
    [InlineData("a", 161, 2)]
    [InlineData("a", 306, 2)]
    [InlineData("a", 307, 3)]
    [InlineData("€", 80, 1)]
    [InlineData("€", 81, 2)]
    [InlineData("€", 153, 3)]
    [InlineData("я", 70, 1)]
    [InlineData("я", 71, 2)]
    [InlineData("я", 134, 2)]
    [InlineData("я", 135, 3)]
    [InlineData(Smile, 35, 1)]
    [InlineData(Smile, 36, 2)]
    [InlineData(Smile, 67, 3)]
    public void Counts_as_carriers_do(string piece, int times, int parts) =>
        Assert.Equal(parts, TextParts.Of(string.Concat(Enumerable.Repeat(piece, times))).Parts.Count);

    [Fact]
    public void One_typographic_quote_costs_half_of_the_room_and_is_named()
    {
        var text = TextParts.Of(new string('a', 69) + "’’");
        Assert.Equal((true, 71, 2, "’"), (text.Unicode, text.Units, text.Parts.Count, text.Unusual));
        Assert.False(TextParts.Of(new string('a', 69) + "''").Unicode);
    }

    [Fact]
    public void Every_character_of_the_alphabet_costs_what_the_table_says()
    {
        foreach (var c in "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ÄÖÑÜ§¿äöñüàazAZ")
            Assert.Equal((c, 1, false), (c, TextParts.Of(c.ToString()).Units, TextParts.Of(c.ToString()).Unicode));
        foreach (var c in "\f^{}\\[~]|€")
            Assert.Equal((c, 2, false), (c, TextParts.Of(c.ToString()).Units, TextParts.Of(c.ToString()).Unicode));
        foreach (var c in "`çêÊÀ\t\u001b’“…–")
            Assert.True(TextParts.Of(c.ToString()).Unicode, c.ToString());
    }

    [Fact]
    public void Parts_are_the_text_and_each_has_room_and_none_cuts_a_pair()
    {
        var random = new Random(20571);
        string[] gsm = ["a", "Z", "€", "{", "\\", "\n", "ß", "Ω", " "];
        string[] any = [.. gsm, "я", Smile, "👩‍👩‍👧", "’", "漢", "\uD83D", "\uDE00"];
        for (var round = 0; round < 3_000; round++)
        {
            var pieces = round % 2 == 0 ? gsm : any;
            var text = string.Concat(Enumerable.Range(0, random.Next(0, 500)).Select(_ => pieces[random.Next(pieces.Length)]));
            var parts = TextParts.Of(text);
            Assert.Equal(text, string.Concat(parts.Parts));
            var (alone, room) = parts.Unicode ? (TextParts.UnicodeAlone, TextParts.UnicodePart) : (TextParts.GsmAlone, TextParts.GsmPart);
            Assert.Equal(parts.Parts.Count > 1, parts.Units > alone);
            foreach (var part in parts.Parts)
            {
                var units = parts.Unicode ? part.Length : part.Sum(Gsm.Septets);
                Assert.InRange(units, 1, parts.Parts.Count == 1 ? alone : room);
            }

            for (var at = 1; at < parts.Parts.Count; at++)
                Assert.False(char.IsHighSurrogate(parts.Parts[at - 1][^1]) && char.IsLowSurrogate(parts.Parts[at][0]));
            // Cut only where the next piece has no room: each part but the last is as full as it can be.
            foreach (var part in parts.Parts.SkipLast(1))
                Assert.True((parts.Unicode ? part.Length : part.Sum(Gsm.Septets)) >= room - 1);
        }
    }

    [Theory]
    [InlineData("", 160)]
    [InlineData("Hello", 155)]
    [InlineData("10 €", 155)]
    [InlineData("Hé 😀", 65)]
    public void The_room_that_is_left_is_counted_as_the_alphabet_costs(string text, int room) => Assert.Equal(room, TextParts.Of(text).Room);
}
