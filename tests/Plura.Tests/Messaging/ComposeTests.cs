using System.Text;
using MimeKit;
using Plura.Messaging;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Messaging;

/// <summary>MimeKit reads what we wrote: an independent reader of the same standards.</summary>
public sealed class ComposeTests
{
    private const string Body = """
        <h1>Spring offer</h1><p>Hi {{ contact.first_name | default: "there" }},</p>
        <ul><li>One</li><li>Two &amp; three</li></ul><p><a href="https://shop.example/a?b=1&amp;c=2">Shop</a> <a href="/booking">Book</a></p>
        """;

    [Fact]
    public void Writes_headers_that_a_reader_understands()
    {
        var message = Read(Letter.Compile(Letter.Of(Body, subject: "Hi {{ contact.first_name }}")), Letter.To("ann@example.com", ("first_name", "Ann"), ("name", "Ann \"A\" O'Neil")));
        Assert.Equal("Dr. Müller", message.From.Mailboxes.Single().Name);
        Assert.Equal("hello@bright.example", message.From.Mailboxes.Single().Address);
        Assert.Equal("desk@bright.example", message.ReplyTo.Mailboxes.Single().Address);
        Assert.Equal(("Ann \"A\" O'Neil", "ann@example.com"), (message.To.Mailboxes.Single().Name, message.To.Mailboxes.Single().Address));
        Assert.Equal("Hi Ann", message.Subject);
        Assert.Equal(Letter.Monday, message.Date);
        Assert.Equal($"{Letter.Send:N}@bright.example", message.MessageId);
        Assert.Equal("multipart/alternative", message.Body!.ContentType.MimeType);
        Assert.StartsWith("<https://mail.bright.example/u/", message.Headers["List-Unsubscribe"]!, StringComparison.Ordinal);
        Assert.Equal("List-Unsubscribe=One-Click", message.Headers["List-Unsubscribe-Post"]);
        Assert.NotNull(message.Headers["Feedback-ID"]);
        Assert.Equal(message.Headers.Count, message.Headers.Select(h => h.Field.ToUpperInvariant()).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Writes_both_parts_with_footer_and_links()
    {
        var message = Read(Letter.Compile(Letter.Of(Body, preview: "Only {{ contact.first_name }}")), Letter.To("ann@example.com", ("first_name", "Ann <x>")));
        Assert.Contains("Hi Ann &lt;x&gt;,", message.HtmlBody!, StringComparison.Ordinal);
        Assert.Contains(">Only Ann &lt;x&gt;", message.HtmlBody!, StringComparison.Ordinal);
        Assert.Contains("1 High Street, London", message.HtmlBody!, StringComparison.Ordinal);
        Assert.Matches("href=\"https://mail.bright.example/l/[A-Za-z0-9_-]{68}\"", message.HtmlBody!);
        Assert.Matches("src=\"https://mail.bright.example/o/[A-Za-z0-9_-]{68}\"", message.HtmlBody!);
        Assert.DoesNotContain("shop.example", message.HtmlBody!, StringComparison.Ordinal);

        var text = message.TextBody!.ReplaceLineEndings("\n");
        Assert.StartsWith("Spring offer\n------------\n\nHi Ann <x>,\n\n* One\n* Two & three\n\nShop (https://shop.example/a?b=1&c=2) Book (https://mail.bright.example/booking)\n", text.Replace("============", "------------", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Matches("Unsubscribe \\(https://mail.bright.example/u/[A-Za-z0-9_-]{68}\\)", text);
        Assert.DoesNotContain("Only Ann", text, StringComparison.Ordinal);
        Assert.Contains("1 High Street, London", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Leaves_a_transactional_letter_without_unsubscribe_pixel_or_tracked_links()
    {
        var message = Read(Letter.Compile(Letter.Of(Body, category: Categories.Transactional)), Letter.To());
        Assert.Null(message.Headers["List-Unsubscribe"]);
        Assert.Contains("https://shop.example/a?b=1&amp;c=2", message.HtmlBody!, StringComparison.Ordinal);
        Assert.DoesNotContain("/o/", message.HtmlBody!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain ascii")]
    [InlineData("Grüße, 你好, 👩‍👩‍👧 and \u0301 combining")]
    [InlineData("= equals == and =20 =3D")]
    [InlineData(".\n..\n. leading dots\nFrom the start\n")]
    [InlineData("trailing blanks   \ntabs\t\t\nend ")]
    [InlineData("{{ contact.first_name }}{{ contact.first_name }} {{ contact.first_name }}\n.{{ contact.first_name }}")]
    public void Any_text_arrives_as_it_was_written(string text)
    {
        var letter = Letter.Compile(Letter.Of($"<html><body><pre id=x>{text}</pre></body></html>"));
        var message = Read(letter, Letter.To("ann@example.com", ("first_name", ". 👋 ünï ")));
        var expected = text.Replace("{{ contact.first_name }}", ". 👋 ünï ", StringComparison.Ordinal);
        Assert.Contains($"<pre id=x>{expected}</pre>", message.HtmlBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Very_long_lines_and_values_are_broken_and_come_back_whole()
    {
        var word = string.Concat(Enumerable.Repeat("0123456789é ", 1_000)).Trim();
        var raw = Letter.Compile(Letter.Of("<html><body>" + word + "{{ contact.first_name }}</body></html>", subject: "s {{ contact.first_name }}")).Compose(Letter.To("ann@example.com", ("first_name", word[..900])));
        foreach (var line in Encoding.ASCII.GetString(raw.Bytes.Span).Split("\r\n"))
            Assert.True(line.Length <= 76 || line.StartsWith("List-Unsubscribe:", StringComparison.Ordinal) || line.StartsWith("Feedback-ID:", StringComparison.Ordinal), line);
        var message = Parse(raw);
        Assert.Contains(word + word[..900], message.HtmlBody!, StringComparison.Ordinal);
        Assert.Equal("s " + word[..900].Trim(), message.Subject);
    }

    [Theory]
    [InlineData("a\r\nBcc: thief@example.com\r\n\r\nbody")]
    [InlineData("a\nX-Evil: 1")]
    [InlineData("a\rX-Evil: 1")]
    [InlineData("a\u2028X-Evil: 1\u0085Y: 2\0")]
    [InlineData("=?utf-8?Q?a=0D=0AX-Evil:_1?=")]
    [InlineData("\"<x@y>, other@example.com")]
    public void No_value_gets_into_the_headers(string value)
    {
        var content = Letter.Of("<p>{{ contact.first_name }}</p>", subject: "S {{ contact.first_name }}") with { FromName = value };
        var message = Read(Letter.Compile(content), Letter.To("ann@example.com", ("first_name", value), ("name", value)));
        Assert.Equal(["DATE", "FEEDBACK-ID", "FROM", "LIST-UNSUBSCRIBE", "LIST-UNSUBSCRIBE-POST", "MESSAGE-ID", "MIME-VERSION", "REPLY-TO", "SUBJECT", "TO"], message.Headers.Select(h => h.Field.ToUpperInvariant()).Order(StringComparer.Ordinal));
        Assert.Equal("ann@example.com", message.To.Mailboxes.Single().Address);
        Assert.Equal("hello@bright.example", message.From.Mailboxes.Single().Address);
    }

    [Theory]
    [InlineData("ann@example.com\r\nBcc: thief@example.com")]
    [InlineData("ann@example.com>")]
    [InlineData("ann")]
    [InlineData("ann@")]
    [InlineData("ann@exa mple.com")]
    [InlineData("änn@example.com")]
    public void Refuses_an_address_that_no_envelope_can_carry(string address) =>
        Assert.Throws<TemplateException>(() => Letter.Compile(Letter.Of("x")).Compose(Letter.To(address)));

    [Fact]
    public void Writes_a_foreign_domain_in_its_ascii_form() =>
        Assert.Equal("ann@xn--mller-kva.example", Letter.Compile(Letter.Of("x")).Compose(Letter.To("ann@müller.example")).EnvelopeTo);

    [Fact]
    public void Runs_conditions_in_both_parts()
    {
        var letter = Letter.Compile(Letter.Of("<table>{% for x in (1..2) %}<tr><td>{{ x }}</td></tr>{% endfor %}</table>{% if contact.vip %}<p>VIP</p>{% endif %}"));
        var message = Read(letter, Letter.To("a@b.example", ("vip", true)));
        Assert.Contains("<tr><td>1</td></tr><tr><td>2</td></tr>", message.HtmlBody!, StringComparison.Ordinal);
        Assert.Contains("VIP", message.HtmlBody!, StringComparison.Ordinal);
        Assert.Contains("VIP", message.TextBody!, StringComparison.Ordinal);
        Assert.DoesNotContain("VIP", Read(letter, Letter.To()).TextBody, StringComparison.Ordinal);
        Assert.Matches("1\\s+2", message.TextBody!);
    }

    [Fact]
    public void Appends_no_second_link_where_the_template_places_its_own()
    {
        var message = Read(Letter.Compile(Letter.Of("<p><a href=\"{{ unsubscribe_url }}\">Stop</a> {{ account.postal_address }}</p>")), Letter.To());
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(message.HtmlBody!, "/u/"));
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(message.HtmlBody!, "1 High Street"));
        Assert.Contains("/p/", message.HtmlBody!, StringComparison.Ordinal);
    }

    internal static MimeMessage Read(CompiledLetter letter, SendToWrite send) => Parse(letter.Compose(send));

    internal static MimeMessage Parse(ComposedMessage composed)
    {
        Assert.True(Ascii.IsValid(composed.Bytes.Span));
        using var stream = new MemoryStream(composed.Bytes.ToArray());
        return MimeMessage.Load(stream, CancellationToken.None);
    }
}
