using Plura.Contacts.Data;

namespace Plura.Contacts;

/// <summary>Goes through the file once more for the columns that become fields to choose from: what can be chosen is what stands there.</summary>
public static class ColumnChoices
{
    private const int Most = 200;
    private const int Longest = 100;

    /// <summary>By column, in the order in which they come; without those that are too many or too long to choose from.</summary>
    public static IReadOnlyDictionary<int, IReadOnlyList<string>> Of(string path, CsvShape shape, IReadOnlyList<string> mapping)
    {
        var found = new Dictionary<int, List<string>>();
        for (var i = 0; i < mapping.Count; i++)
        {
            if (ColumnTarget.Parse(mapping[i]) is { Kind: ColumnTarget.New, Takes: CustomField.Choice })
                found[i] = [];
        }

        if (found.Count > 0)
            Look(path, shape, found);
        return found.Where(f => f.Value.Count > 0).ToDictionary(f => f.Key, f => (IReadOnlyList<string>)f.Value);
    }

    private static void Look(string path, CsvShape shape, Dictionary<int, List<string>> found)
    {
        using var text = CsvShape.Text(path, shape.Encoding);
        var records = shape.Open(text);
        var seen = found.Keys.ToDictionary(column => column, _ => new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        while (found.Count > 0 && records.Read())
        {
            foreach (var (column, choices) in found)
            {
                var cell = records[column].Trim();
                if (cell.IsEmpty || seen[column].GetAlternateLookup<ReadOnlySpan<char>>().Contains(cell))
                    continue;
                var choice = cell.ToString();
                seen[column].Add(choice);
                choices.Add(choice);
                if (choices.Count > Most || choice.Length > Longest || choice.AsSpan().ContainsAny(';', '|') || choice.Any(char.IsControl))
                    found.Remove(column);
            }
        }
    }
}
