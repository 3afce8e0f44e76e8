using Plura.Contacts;

namespace Plura.Tests.Contacts;

public sealed class ImportGuessTests
{
    [Theory]
    [InlineData("First Name,Last Name,Email,Phone,Business Name,Tags", "firstName,lastName,email,phone,company,tags")]
    [InlineData("Contact Id,First Name,Last Name,Phone,Email,Business Name,Created,Last Activity,Tags", "externalId,firstName,lastName,phone,email,company,new:Created,new:Last Activity,tags")]
    [InlineData("Email Address,First Name,Last Name,Address,TAGS", "email,firstName,lastName,street,tags")]
    [InlineData("firstname,lastname,email,mobile,company,tags", "firstName,lastName,email,phone,company,tags")]
    [InlineData("Vorname,Name,E-Mail-Adresse,Handynummer,Firma", "firstName,lastName,email,phone,company")]
    [InlineData("Prénom,Nom,Adresse e-mail,Téléphone,Société", "firstName,lastName,email,phone,company")]
    [InlineData("Nombre,Apellidos,Correo electrónico,Teléfono móvil,Empresa", "firstName,lastName,email,phone,company")]
    [InlineData("E-Mail,Straße,PLZ,Ort,Land,Geburtsdatum", "email,street,postalCode,city,country,dateOfBirth")]
    [InlineData("Email,Street Address,City,State,Zip Code,Country,Date of Birth,Time Zone", "email,street,city,region,postalCode,country,dateOfBirth,timeZone")]
    [InlineData("Name,E-mail 1 - Value,Phone 1 - Value,Organization 1 - Name", "name,email,phone,company")]
    public void Knows_the_headers_of_other_programs_and_languages(string headers, string targets) =>
        Assert.Equal(targets.Split(','), Guess(headers.Split(','), headers.Split(',').Select(h => h.Contains("mail", StringComparison.OrdinalIgnoreCase) || h.Contains("correo", StringComparison.OrdinalIgnoreCase) ? "ann@example.com" : "some text").ToArray()));

    [Fact]
    public void Looks_at_the_values_where_the_name_says_nothing() =>
        Assert.Equal(["email", "phone", "new.date:Letzter Besuch"], Guess(["Wie erreichbar", "oder hier", "Letzter Besuch"], ["ann@example.com", "+49 170 1234567", "1.2.1980"]));

    [Fact]
    public void A_column_called_mail_that_holds_something_else_is_no_address() =>
        Assert.Equal(["new.checkbox:Mail", "email"], Guess(["Mail", "E-Mail"], ["yes", "ann@example.com"]));

    [Fact]
    public void Finds_the_custom_fields_that_exist() =>
        Assert.Equal(["email", "field:shoe_size"], Guess(["E-Mail", "Shoe Size"], ["ann@example.com", "42"]));

    [Fact]
    public void Columns_without_a_name_are_left_out() =>
        Assert.Equal(["email", "ignore"], Guess(["E-Mail", "Column 2"], ["ann@example.com", "x"]));

    [Theory]
    [InlineData("email", "email")]
    [InlineData("First_Name", "firstName")]
    [InlineData("FIRSTNAME", "firstName")]
    [InlineData("field:size", "field:size")]
    [InlineData("new:Size", "new:Size")]
    [InlineData("", "ignore")]
    public void Reads_targets_as_people_write_them(string text, string target) => Assert.Equal(target, ColumnTarget.Parse(text).ToString());

    [Fact]
    public void Refuses_what_is_no_target() => Assert.Null(ColumnTarget.Parse("birthday"));

    private static IEnumerable<string> Guess(string[] headers, string[] row) =>
        ColumnGuess.For(new CsvShape("utf-8", ',', true, false, headers, [row], 1), [("shoe_size", "Shoe size")], "DE").Select(t => t.ToString());
}
