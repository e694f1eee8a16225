//! “Did you mean …?”: the word of a list that is nearest to a mistyped one.

/// The edit distance d(a, b) of Levenshtein: insertions, deletions and substitutions cost 1.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for j in 0..b.len() {
            let substituted = diagonal + usize::from(letter != b[j]);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

/// The nearest word, if it is near enough to be meant: at most a third of the letters differ (case aside).
pub fn nearest<'w>(word: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let lower = word.to_lowercase();
    let scored = words.into_iter().map(|other| (distance(&lower, &other.to_lowercase()), other));
    let (score, best) = scored.min_by_key(|(score, _)| *score)?;
    (score <= 1.max(best.chars().count() / 3)).then_some(best)
}

/// `; did you mean `…`?` or nothing, to be appended to a message.
pub fn did_you_mean<'w>(word: &str, words: impl IntoIterator<Item = &'w str>) -> String {
    nearest(word, words).map_or_else(String::new, |best| format!("; did you mean `{best}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_is_symmetric_and_counts_edits() {
        for (a, b, d) in [("epsilon", "epsilom", 1), ("trace", "trcae", 2), ("", "abc", 3), ("ab", "ab", 0)] {
            assert_eq!(distance(a, b), d);
            assert_eq!(distance(b, a), d);
        }
    }

    #[test]
    fn only_a_near_word_is_offered() {
        let words = ["gaussian", "bump", "quadratic", "none"];
        assert_eq!(nearest("gausian", words), Some("gaussian"));
        assert_eq!(nearest("G16.t1", ["G16.T1", "G16.T2"]), Some("G16.T1"));
        assert_eq!(nearest("coulomb", words), None);
    }
}
