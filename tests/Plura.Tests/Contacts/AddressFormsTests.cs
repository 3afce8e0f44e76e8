using Plura.Contacts;

namespace Plura.Tests.Contacts;

public sealed class AddressFormsTests
{
    [Theory]
    [InlineData("  Ann@Example.COM ", "ann@example.com")]
    [InlineData("ann+news@sub.example.co.uk", "ann+news@sub.example.co.uk")]
    [InlineData("o'hara@example.ie", "o'hara@example.ie")]
    [InlineData("info@müller.de", "info@xn--mller-kva.de")]
    [InlineData("INFO@MÜLLER.DE", "info@xn--mller-kva.de")]
    public void An_email_address_has_one_form(string typed, string normal) => Assert.Equal(normal, AddressForms.Email(typed));

    [Theory]
    [InlineData("")]
    [InlineData("ann")]
    [InlineData("ann@")]
    [InlineData("@example.com")]
    [InlineData("ann@example")]
    [InlineData("ann@@example.com")]
    [InlineData("ann@exa mple.com")]
    [InlineData("a nn@example.com")]
    [InlineData(".ann@example.com")]
    [InlineData("ann..b@example.com")]
    [InlineData("ann@-example.com")]
    [InlineData("ann@example..com")]
    [InlineData("ann@example.123")]
    [InlineData("ann@example.com\r\nBcc: all@example.com")]
    [InlineData("\"ann\"@example.com")]
    [InlineData("ann<b>@example.com")]
    [InlineData("ann\0@example.com")]
    [InlineData("a@b.c,d@e.f")]
    public void What_is_no_email_address_is_refused(string typed) => Assert.Null(AddressForms.Email(typed));

    [Fact]
    public void An_email_address_is_not_longer_than_the_mail_allows()
    {
        Assert.Null(AddressForms.Email(new string('a', 65) + "@example.com"));
        Assert.Null(AddressForms.Email("a@" + string.Join('.', Enumerable.Repeat(new string('b', 60), 5)) + ".com"));
    }

    [Theory]
    [InlineData("030 1234567", "DE", "+49301234567")]
    [InlineData("+1 (415) 555-0123", "DE", "+14155550123")]
    [InlineData("415-555-0123", "US", "+14155550123")]
    [InlineData("0044 20 7946 0958", "DE", "+442079460958")]
    public void A_phone_number_is_read_in_the_accounts_country(string typed, string country, string normal) => Assert.Equal(normal, AddressForms.Phone(typed, country));

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("hello")]
    [InlineData("+999999999999999999999")]
    [InlineData("=1+1")]
    public void What_is_no_phone_number_is_refused(string typed) => Assert.Null(AddressForms.Phone(typed, "US"));

    [Theory]
    [InlineData("12.50", "12.5")]
    [InlineData("-7", "-7")]
    [InlineData("1e5", null)]
    [InlineData("1,000", null)]
    public void A_number_has_one_form(string typed, string? written) => Assert.Equal(written, FieldBook.Number(typed));
}
