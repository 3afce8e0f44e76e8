using System.Globalization;
using System.Text;

namespace Plura.Contacts;

/// <summary>What other programs and other languages call the columns of an address book.</summary>
public static class ColumnWords
{
    private static readonly (string Target, string Words)[] Known =
    [
        (ColumnTarget.Email, """
            email emailaddress mail emailadresse mailadresse epost elektronischepost emailaddresse kundenemail emailkontakt contactemail customeremail
            emailprimary primaryemail email1 email1value emailwork emailhome workemail businessemail subscriberemail emailid
            courriel adressemail adressecourriel adresseemail adresseelectronique mel correo correoelectronico direcciondecorreo correo1
            emaildelcliente useremail e_mail
            """),
        (ColumnTarget.Phone, """
            phone phonenumber phone1 phone1value telephone tel telefon telefonnummer telefonnr telnr rufnummer mobil mobile mobilephone
            mobilenumber mobiltelefon mobilnummer mobilfunk handy handynummer handynr cell cellphone cellnumber smsnumber sms smsphonenumber
            primaryphone contactphone workphone businessphone homephone festnetz telefonprivat telefongeschaftlich
            numerodetelephone portable telephoneportable telephonemobile numero gsm
            telefono movil celular numerodetelefono telefonomovil telefonocelular whatsapp
            """),
        (ColumnTarget.FirstName, """
            firstname first forename givenname fname vorname rufname prenom nombre nombres nombredepila primernombre contactfirstname
            """),
        (ColumnTarget.LastName, """
            lastname last surname familyname lname nachname familienname zuname nomdefamille nom apellido apellidos primerapellido contactlastname
            """),
        (ColumnTarget.FullName, """
            name fullname contactname contact kontakt kontaktname customer customername kunde kundenname vollername anzeigename displayname
            nomcomplet client nombrecompleto cliente nombreyapellidos ansprechpartner person
            """),
        (ColumnTarget.Company, """
            company companyname organization organisation organizationname organization1name business businessname firma firmenname unternehmen
            societe entreprise raisonsociale empresa compania razonsocial account accountname employer
            """),
        (ColumnTarget.Tags, """
            tags tag labels label schlagworte schlagwort etiketten gruppe gruppen groups groupmembership categories kategorien kategorie
            etiquettes etiquetas categorias segments mailchimptags
            """),
        (ColumnTarget.Street, "street address streetaddress address1 addressline1 strasse straße strassehausnummer anschrift rue adresse calle direccion mailingstreet homestreet address1street"),
        (ColumnTarget.PostalCode, "zip zipcode postalcode postcode plz postleitzahl codepostal codigopostal mailingzip homepostalcode address1postalcode"),
        (ColumnTarget.City, "city town ort stadt wohnort ville ciudad localidad mailingcity homecity address1city"),
        (ColumnTarget.Region, "state region province county bundesland kanton departement provincia mailingstate homestate address1region"),
        (ColumnTarget.Country, "country land pays pais countrycode mailingcountry homecountry address1country"),
        (ColumnTarget.DateOfBirth, "born bornon geboren geborenam dateofbirth birthdate birthday dob geburtsdatum geburtstag datedenaissance anniversaire fechadenacimiento cumpleanos"),
        (ColumnTarget.TimeZone, "timezone zeitzone fuseauhoraire zonahoraria"),
        (ColumnTarget.ExternalId, "contactid customerid kundennummer kundennr externalid subscriberid leid mauticid"),
    ];

    private static readonly Dictionary<string, string> Targets = Known
        .SelectMany(known => known.Words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => (Word: Plain(word), known.Target)))
        .DistinctBy(pair => pair.Word, StringComparer.Ordinal)
        .ToDictionary(pair => pair.Word, pair => pair.Target, StringComparer.Ordinal);

    /// <summary>The target that this header names in a language or export we know, or null.</summary>
    public static string? Find(string header) => Targets.GetValueOrDefault(Plain(header));

    /// <summary>Letters and digits only, lower case, without accents: "E-Mail Adresse" is "emailadresse".</summary>
    public static string Plain(string header)
    {
        var plain = new StringBuilder(header.Length);
        foreach (var letter in header.Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(letter) && CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
                plain.Append(char.ToLowerInvariant(letter));
        }

        return plain.ToString();
    }
}
