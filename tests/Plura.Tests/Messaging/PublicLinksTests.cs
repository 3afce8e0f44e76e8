using Plura.Messaging;
using Plura.Platform;

namespace Plura.Tests.Messaging;

public sealed class PublicLinksTests
{
    private readonly PublicLinks links = new(new KeyFiles(Letter.Folder()), Letter.Settings());

    [Fact]
    public void A_token_names_its_send_and_its_link()
    {
        var token = links.Token(LinkKind.Click, Letter.Tenant, Letter.Send, 41);
        Assert.Equal(new LinkToken(LinkKind.Click, Letter.Tenant, Letter.Send, 41), links.Read(token, LinkKind.Click));
    }

    [Fact]
    public void A_token_of_one_kind_opens_no_other_door() =>
        Assert.Null(links.Read(links.Token(LinkKind.Open, Letter.Tenant, Letter.Send), LinkKind.Unsubscribe));

    [Fact]
    public void A_token_changed_in_any_place_is_not_ours()
    {
        var token = links.Token(LinkKind.Unsubscribe, Letter.Tenant, Letter.Send);
        for (var i = 0; i < token.Length; i++)
        {
            var forged = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            Assert.Null(links.Read(forged, LinkKind.Unsubscribe));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("test")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAA AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    public void Anything_else_is_not_a_token(string? text) => Assert.Null(links.Read(text, LinkKind.Unsubscribe));
}
