using System.Text;

namespace Plura.Platform;

/// <summary>
/// The words under which the audit log keeps acts: the module's, then the slice's without the module's noun, so that <c>EditContact</c>
/// is <c>contacts.edit</c> and <c>UndoImport</c> is <c>contacts.undo_import</c>.
/// </summary>
public static class Acts
{
    public static string Of(Type command) => Of(ModuleOf(command), command.Name);

    public static string Of(string module, string slice)
    {
        var area = module is "Accounts" ? "account" : module.Length == 0 ? "product" : module.ToLowerInvariant();
        var noun = area.EndsWith("ies", StringComparison.Ordinal) ? area[..^3] + "y" : area.TrimEnd('s');
        var words = Words(slice).Where(w => w != "page").ToList();
        var rest = words.Where(w => w != noun && w != noun + "s" && w != area).ToList();
        return $"{area}.{string.Join('_', rest.Count > 0 ? rest : words)}";
    }

    /// <summary><c>Plura.Contacts</c> is the module Contacts.</summary>
    public static string ModuleOf(Type type) => type.Namespace?.Split('.').ElementAtOrDefault(1) ?? "";

    /// <summary>The last word of a slice's name is what it is about: <c>CreateToken</c>, <c>Token</c>.</summary>
    public static string Noun(string slice) => slice[(slice.AsSpan().LastIndexOfAnyInRange('A', 'Z') is var at and >= 0 ? at : 0)..];

    private static IEnumerable<string> Words(string name)
    {
        var word = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }

            word.Append(char.ToLowerInvariant(letter));
        }

        if (word.Length > 0)
            yield return word.ToString();
    }
}
